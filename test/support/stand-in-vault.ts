/** Electron's `safeStorage` on a system without a key store. */
export const safeStorage = {
  isEncryptionAvailable: () => false,
  encryptString: (): Buffer => {
    throw new Error('nothing is sealed here')
  },
  decryptString: (): string => {
    throw new Error('nothing is sealed here')
  },
}
