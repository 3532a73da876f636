import { Anchor, Group, Text } from '@mantine/core'
import { IconFlask } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { connectionsQuery, resourcesQuery, sessionQuery } from '../api/queries.ts'
import { type AccountSpec, type ConnectionSpec, type DestinationSpec, typed } from '../api/specs.ts'
import styles from './shell.module.css'
import { type TestReasons, testReasons } from './test_reasons.ts'

/** Why the page is in test mode; null while everything goes to TikTok for real. */
export function useTestMode(): TestReasons | null {
  const { data: session } = useQuery(sessionQuery)
  const { data: accounts } = useQuery(resourcesQuery('account'))
  const { data: destinations } = useQuery(resourcesQuery('destination'))
  const { data: connections } = useQuery(connectionsQuery)
  if (!session || !accounts || !destinations || !connections) return null
  return testReasons({
    accounts: accounts.map((account) => typed<AccountSpec>(account)),
    destinations: destinations.map((destination) => typed<DestinationSpec>(destination)),
    connections: connections.map((connection) => typed<ConnectionSpec>(connection)),
    simulatorUrl: session.simulatorUrl,
  })
}

/** The banner that says so; the coloured frame is drawn around the page. */
export function TestBanner({ reasons, simulatorUrl }: { reasons: TestReasons; simulatorUrl: string | null }) {
  return (
    <>
      <div className={styles['frame']} aria-hidden />
      <Group className={styles['banner']!} gap={8} role="status" aria-label="Test mode" wrap="nowrap">
        <IconFlask size={16} aria-hidden style={{ flex: 'none' }} />
        <Text size="xs" inherit className="wrap">
          <strong>Test mode.</strong> {sentence(reasons)}{' '}
          {reasons.simulated.length > 0 && simulatorUrl && (
            <Anchor href={simulatorUrl} target="_blank" rel="noreferrer" inherit c="inherit" underline="always">
              Open the local TikTok
            </Anchor>
          )}
        </Text>
      </Group>
    </>
  )
}

function sentence({ simulated, coded }: TestReasons): string {
  const parts = [
    simulated.length > 0 ? `Local TikTok behind ${simulated.join(', ')}.` : '',
    coded.length > 0 ? `Test event code on ${coded.join(', ')}.` : '',
  ]
  return parts.filter(Boolean).join(' ')
}
