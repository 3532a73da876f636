// Runs before the first paint, so that a dark page does not flash white. A file of its own: the page allows no inline script.
const stored = localStorage.getItem('backbeat-color-scheme')
const dark = stored === 'dark' || (stored !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
