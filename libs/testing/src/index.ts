export { cleanUp, onCleanup } from './cleanup.ts';
export { aDatabase, type TestDatabase } from './database.ts';
export { freePort, listening } from './ports.ts';
export { aProcess, type TestProcess } from './process.ts';
export { anS3, type TestS3 } from './s3.ts';
export { aNats, aRedis, temporaryDirectory, type TestServer } from './servers.ts';
export { TestBus, aService } from './service.ts';
export { waitFor } from './wait.ts';
export { RoomFactsDouble } from './room-facts.ts';
