export const checkin = {} as const;
