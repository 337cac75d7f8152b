import packageFile from '../../package.json' with { type: 'json' }

/** The version of Ballast. */
export const version: string = packageFile.version
