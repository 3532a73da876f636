/** The key that shortcuts are pressed with, as this machine's keyboard names it. */
export const MOD_KEY = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl'
