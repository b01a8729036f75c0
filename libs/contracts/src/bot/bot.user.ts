/** Who speaks when the room bot does. */
export const BOT_USER_ID = '00000000-0000-7000-8000-00000000b070';
