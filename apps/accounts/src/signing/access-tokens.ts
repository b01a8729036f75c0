import type { AccessClaims } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import { SignJWT } from 'jose';
import { SIGNING_ALGORITHM, SigningKeysService } from './signing-keys.service.ts';

export const ACCESS_TOKEN_SECONDS = 15 * 60;

/** Signs access tokens: who, in which session, in what role, for fifteen minutes. */
@Injectable()
export class AccessTokens {
  constructor(private readonly keys: SigningKeysService) {}

  async sign({ sub, sid, role }: AccessClaims): Promise<string> {
    const { kid, privateKey } = await this.keys.current();
    return new SignJWT({ sid, role })
      .setProtectedHeader({ alg: SIGNING_ALGORITHM, kid, typ: 'JWT' })
      .setSubject(sub)
      .setIssuedAt()
      .setExpirationTime(`${ACCESS_TOKEN_SECONDS}s`)
      .sign(privateKey);
  }
}
