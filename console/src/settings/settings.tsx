import { Anchor, Button, Group, SegmentedControl, SimpleGrid, Stack, Text, useMantineColorScheme } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Session } from '../../../src/server/contract.ts'
import { call } from '../api/client.ts'
import { sessionQuery } from '../api/queries.ts'
import { Answer } from '../parts/answer.tsx'
import { CopyIcon } from '../parts/copy.tsx'
import { Card, Page } from '../parts/page.tsx'
import { AuditLog } from './audit_log.tsx'
import { Keys } from './keys.tsx'

/** `/settings`: addresses, version, appearance, keys, and the audit log. */
export function SettingsScreen() {
  const session = useQuery(sessionQuery)
  return (
    <Page title="Settings">
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <Stack gap="md">
          <Answer query={session}>{(found) => <Installation session={found} />}</Answer>
          <Appearance />
        </Stack>
        <Keys />
      </SimpleGrid>
      <AuditLog />
    </Page>
  )
}

function Installation({ session }: { session: Session }) {
  return (
    <Card title="Installation" aside={session.login === 'done' && <LogOut />}>
      <Stack gap="xs">
        <Line label="Version">{session.version}</Line>
        <Line label="Address for senders">
          <span className="mono wrap">{session.ingestUrl}</span>{' '}
          <CopyIcon value={session.ingestUrl} label="Copy the address for senders" />
        </Line>
        <Line label="Local TikTok">
          {session.simulatorUrl ? (
            <Anchor href={session.simulatorUrl} target="_blank" rel="noreferrer" size="sm">
              {session.simulatorUrl}
            </Anchor>
          ) : (
            'not running'
          )}
        </Line>
        <Line label="API">
          <Anchor href="/api/v1/openapi.json" target="_blank" size="sm">
            OpenAPI document
          </Anchor>
        </Line>
      </Stack>
    </Card>
  )
}

const Line = ({ label, children }: { label: string; children: ReactNode }) => (
  <Group gap="xs" align="center">
    <Text size="sm" c="dimmed" w={150}>
      {label}
    </Text>
    <Text size="sm" component="div" style={{ display: 'flex', alignItems: 'center', gap: 4 }}>
      {children}
    </Text>
  </Group>
)

function LogOut() {
  const leave = useMutation({
    mutationFn: () => call('DELETE', '/session'),
    onSuccess: () => location.assign('/login'),
  })
  return (
    <Button variant="default" size="xs" loading={leave.isPending} onClick={() => leave.mutate()}>
      Log out
    </Button>
  )
}

function Appearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Card title="Appearance">
      <SegmentedControl
        aria-label="Colours"
        data={[
          { value: 'auto', label: 'As the system' },
          { value: 'light', label: 'Light' },
          { value: 'dark', label: 'Dark' },
        ]}
        value={colorScheme}
        onChange={(scheme) => setColorScheme(scheme as 'auto' | 'light' | 'dark')}
      />
    </Card>
  )
}
