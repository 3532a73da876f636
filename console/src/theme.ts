import { createTheme, localStorageColorSchemeManager } from '@mantine/core'

/** Remembers light or dark in this browser; `public/color_scheme.js` reads the same key before the first paint. */
export const colorSchemes = localStorageColorSchemeManager({ key: 'backbeat-color-scheme' })

/** Indigo is for what one can press; green, amber, red, grey and blue are kept for states. */
export const theme = createTheme({
  primaryColor: 'beat',
  respectReducedMotion: true,
  primaryShade: { light: 7, dark: 5 },
  colors: {
    // Mantine's own greys are neutral; ours lean to blue as the surfaces do.
    dark: [
      '#cdd2db',
      '#b4bcc9',
      '#9aa3b2',
      '#6f7887',
      '#414753',
      '#2e333c',
      '#252a32',
      '#1c1f25',
      '#17191e',
      '#111317',
    ],
    beat: [
      '#f1f1fe',
      '#dfe0fb',
      '#bdbff3',
      '#989bec',
      '#797de6',
      '#666ae2',
      '#565adb',
      '#474bc4',
      '#3d41b0',
      '#31359c',
    ],
  },
  fontFamily: 'Inter, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, "JetBrains Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  headings: {
    fontWeight: '650',
    sizes: { h1: { fontSize: '1.375rem' }, h2: { fontSize: '1rem' }, h3: { fontSize: '0.875rem' } },
  },
  defaultRadius: 'md',
  cursorType: 'pointer',
  components: {
    Table: { defaultProps: { verticalSpacing: 8, horizontalSpacing: 'md' } },
    Button: { defaultProps: { size: 'sm' } },
    Modal: { defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.4 } } },
    Tooltip: {
      defaultProps: {
        withArrow: true,
        multiline: true,
        maw: 320,
        openDelay: 250,
        events: { hover: true, focus: true, touch: true },
      },
    },
  },
})
