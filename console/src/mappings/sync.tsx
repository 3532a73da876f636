import { Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import type { FieldTable, PresetList, Resource } from '../../../src/server/contract.ts'
import { fieldsQuery, presetsQuery, resourceQuery } from '../api/queries.ts'
import { type DestinationSpec, type MappingSpec, plain, type SyncSpec, typed } from '../api/specs.ts'
import { Answer } from '../parts/answer.tsx'
import { HealthChip } from '../parts/chip.tsx'
import { Page } from '../parts/page.tsx'
import { RemoveButton } from '../parts/remove_button.tsx'
import { FilesNote } from '../parts/resource_page.tsx'
import { ShowAs } from '../parts/show_as.tsx'
import { replaceAt } from './draft.ts'
import { MappingEditor } from './mapping_editor.tsx'
import { MappingList } from './mapping_list.tsx'
import { SaveBar } from './save_bar.tsx'
import { useDraft } from './use_draft.ts'
import { Waiting } from './waiting.tsx'

/** `/mappings/$sync`: a sync's mappings; with `?mapping=`, that one beside real events. */
export function SyncScreen() {
  const { sync: name } = useParams({ from: '/shell/mappings/$sync' })
  const sync = useQuery(resourceQuery('sync', name))
  const presets = useQuery(presetsQuery)
  return (
    <Answer query={sync}>
      {(found) => <Answer query={presets}>{(known) => <SyncPage key={name} sync={found} presets={known} />}</Answer>}
    </Answer>
  )
}

function SyncPage({ sync, presets }: { sync: Resource; presets: PresetList }) {
  const { saved, draft, setDraft, adopt, isStale } = useDraft(sync)
  const { mapping: chosen } = useSearch({ from: '/shell/mappings/$sync' })
  const navigate = useNavigate()
  const position = draft.mappings.findIndex(({ name }) => name === chosen)
  const setMappings = (mappings: readonly MappingSpec[]) => setDraft({ ...draft, mappings })
  const open = (mapping: string | undefined, replace = false) =>
    void navigate({ to: '/mappings/$sync', params: { sync: sync.name }, search: mapping ? { mapping } : {}, replace })
  return (
    <Page
      title={position < 0 ? sync.name : draft.mappings[position]!.name}
      about={
        <Group gap="xs" mt={4}>
          <HealthChip health={sync.state.health} because={sync.state.because} /> {draft.from.event_source} →{' '}
          {draft.to.destination}
        </Group>
      }
      back={
        position < 0
          ? { to: '/mappings', label: 'Mappings' }
          : { to: `/mappings/${encodeURIComponent(sync.name)}`, label: sync.name }
      }
      actions={
        <>
          <ShowAs kind="sync" name={sync.name} spec={plain(draft)} />
          {position < 0 && (
            <RemoveButton kind="sync" name={sync.name} list="/mappings">
              Events of {saved.from.event_source} no longer go to {saved.to.destination}.
            </RemoveButton>
          )}
        </>
      }
    >
      <Waiting sync={sync} />
      <FilesNote resource={sync} />
      {position < 0 ? (
        <MappingList draft={draft} presets={presets} onChange={setDraft} onOpen={open} />
      ) : (
        <Opened
          draft={draft}
          position={position}
          presets={presets}
          onChange={(mapping) => {
            setMappings(replaceAt(draft.mappings, position, mapping))
            if (mapping.name !== chosen) open(mapping.name, true)
          }}
        />
      )}
      <SaveBar
        name={sync.name}
        saved={saved}
        draft={draft}
        isStale={isStale}
        onSaved={adopt}
        onDiscard={() => adopt(sync)}
      />
    </Page>
  )
}

interface OpenedProps {
  readonly draft: SyncSpec
  readonly position: number
  readonly presets: PresetList
  readonly onChange: (mapping: MappingSpec) => void
}

/** Reads what the editor needs of the destination: which fields it has. */
function Opened({ draft, position, presets, onChange }: OpenedProps) {
  const destination = useQuery(resourceQuery('destination', draft.to.destination))
  const type = destination.data && typed<DestinationSpec>(destination.data).spec.type
  const fields = useQuery({ ...fieldsQuery(type ?? 'web_events'), enabled: type !== undefined })
  const editor = (table: FieldTable) => (
    <MappingEditor
      draft={draft}
      position={position}
      presets={presets}
      fields={table}
      testEventCode={typed<DestinationSpec>(destination.data!).spec.test_event_code ?? ''}
      onChange={onChange}
    />
  )
  return <Answer query={destination}>{() => <Answer query={fields}>{editor}</Answer>}</Answer>
}
