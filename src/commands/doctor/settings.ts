import { SETTINGS, type SettingName } from '../../config.ts'
import type { Shell } from '../shell.ts'
import { configOf } from '../with_store.ts'
import { type Check, failed, ok } from './check.ts'

/** A setting as people may see it. */
export interface ShownSetting {
  readonly name: string
  /** As it would stand in the environment; `(secret)` for one that is never shown, null when there is none. */
  readonly value: string | null
  readonly from: 'environment' | 'default'
}

/** Every setting and where it comes from. */
export function shownSettings({ environment }: Pick<Shell, 'environment'>): readonly ShownSetting[] {
  return (Object.keys(SETTINGS) as SettingName[]).map((name) => {
    const setting: { readonly default: string | null; readonly secret?: boolean } = SETTINGS[name]
    const given = environment[name] || null
    const value = given ?? setting.default
    return {
      name,
      value: setting.secret && value !== null ? '(secret)' : value,
      from: given === null ? 'default' : 'environment',
    }
  })
}

/** Whether the settings can be read. */
export function checkSettings(shell: Shell): Check {
  try {
    configOf(shell)
    const set = shownSettings(shell).filter(({ from }) => from === 'environment')
    return ok('Settings', set.length === 0 ? 'all at their defaults' : `set: ${set.map(({ name }) => name).join(', ')}`)
  } catch (error) {
    return failed('Settings', (error as Error).message, 'Correct the environment; see docs/reference/config.md')
  }
}

const NODE_MAJOR_MIN = 24

/** Whether this Node is one we run on. */
export function checkNode(version: string): Check {
  if (Number(/^v(\d+)/.exec(version)?.[1]) >= NODE_MAJOR_MIN) return ok('Node', version)
  return failed('Node', version, `Run with Node ${NODE_MAJOR_MIN} or later, such as the one in node_modules/.bin`)
}
