import { Grid, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { Resource } from '../../../src/server/contract.ts'
import { resourceQuery } from '../api/queries.ts'
import { type SourceSpec, typed } from '../api/specs.ts'
import { Answer } from '../parts/answer.tsx'
import { CopyText } from '../parts/copy.tsx'
import { Card } from '../parts/page.tsx'
import { ResourcePage } from '../parts/resource_page.tsx'
import { Intake } from './intake.tsx'
import { Rejects } from './rejects.tsx'
import { SnippetTabs } from './snippets_tabs.tsx'
import { SourceForm } from './source_form.tsx'

/** `/sources/$name`: the key, the code to paste, and what came of it. */
export function SourceScreen() {
  const { name } = useParams({ from: '/shell/sources/$name' })
  const source = useQuery(resourceQuery('event_source', name))
  return <Answer query={source}>{(found) => <SourcePage source={found} />}</Answer>
}

function SourcePage({ source }: { source: Resource }) {
  const { name } = source
  const { write_key: key } = typed<SourceSpec>(source).spec
  const writeKey = typeof key === 'string' ? key : ''
  return (
    <ResourcePage
      resource={source}
      back={{ to: '/sources', label: 'Event sources' }}
      removing="Senders with this write key are refused from then on."
      actions={<CopyText value={writeKey} label="Copy write key" />}
    >
      <Intake name={name} />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <SnippetTabs writeKey={writeKey} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="md">
            <Card title="Settings">
              <SourceForm
                key={source.revision}
                source={typed<SourceSpec>(source)}
                onSaved={() => notifications.show({ message: 'Saved' })}
              />
            </Card>
          </Stack>
        </Grid.Col>
      </Grid>
      <Rejects source={name} />
    </ResourcePage>
  )
}
