import { TerminalError } from '../core/errors.ts'

/**
 * Loads a package that not everybody needs, when it is first used. `version` is the one our part of its interface was
 * written for. Throws a TerminalError that says what to install.
 */
export async function optionalPackage(name: string, version: string): Promise<unknown> {
  try {
    return await import(name)
  } catch (cause) {
    throw new TerminalError(
      'warehouse.no_package',
      `Cannot use this warehouse: the package ${name} is not installed; run "npm install ${name}@${version}" where Backbeat is installed`,
      { cause },
    )
  }
}
