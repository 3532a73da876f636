import { Group, Text } from '@mantine/core'
import styles from './match_keys.module.css'

/** The eight keys by which TikTok may find the person, in the order of their worth. */
const MATCH_KEYS: readonly (readonly [key: string, label: string])[] = [
  ['email', 'Email'],
  ['phone', 'Phone'],
  ['external_id', 'External ID'],
  ['ttclid', 'Click ID (ttclid)'],
  ['ttp', 'Cookie ID (ttp)'],
  ['ip', 'IP address'],
  ['user_agent', 'User agent'],
  ['url', 'Page URL'],
]

/** Eight dots: filled where the event carries the key. */
export function MatchKeys({ keys }: { keys: readonly string[] }) {
  const present = MATCH_KEYS.filter(([key]) => keys.includes(key)).map(([, label]) => label)
  const sentence = present.length === 0 ? 'No match keys' : `Match keys: ${present.join(', ')}`
  return (
    <span className={styles['dots']} role="img" aria-label={sentence}>
      {MATCH_KEYS.map(([key, label]) => (
        <span
          key={key}
          className={styles['dot']}
          data-present={keys.includes(key) || undefined}
          title={`${label}: ${keys.includes(key) ? 'present' : 'missing'}`}
        />
      ))}
    </span>
  )
}

/** The same with words, for where there is room. */
export function MatchKeyWords({ keys }: { keys: readonly string[] }) {
  return (
    <Group gap="xs">
      {MATCH_KEYS.map(([key, label]) => (
        <Text key={key} size="xs" c={keys.includes(key) ? 'bright' : 'dimmed'} className={styles['word']!}>
          <span className={styles['dot']} data-present={keys.includes(key) || undefined} aria-hidden />
          {label}
          {keys.includes(key) ? '' : ' missing'}
        </Text>
      ))}
    </Group>
  )
}
