import { Group, Switch, Text, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useDeferredValue, useMemo, useState } from 'react'
import type { MetricChoice, ReportChoices } from '../../../src/server/contract_streams.ts'
import type { ReportSpec } from '../api/specs.ts'
import { counted } from '../parts/amounts.ts'
import { Card } from '../parts/page.tsx'
import { toggled } from './draft.ts'
import { type MetricGroup, metricGroups, OPEN_AT_FIRST } from './metric_groups.ts'
import { PickRow } from './pick_row.tsx'
import styles from './reports.module.css'

interface MetricColumnProps {
  readonly spec: ReportSpec
  readonly choices: ReportChoices
  readonly onChange: (change: Partial<ReportSpec>) => void
}

/** Third column: the figures and attributes, by family, to be searched. */
export function MetricColumn({ spec: { metrics }, choices, onChange }: MetricColumnProps) {
  const [query, setQuery] = useState('')
  const [onlyLegal, setOnlyLegal] = useState(false)
  const wanted = useDeferredValue(query)
  const groups = useMemo(
    () => metricGroups(choices.metrics, { query: wanted, onlyLegal }),
    [choices.metrics, wanted, onlyLegal],
  )
  const chosen = new Set(metrics)
  return (
    <Card
      title="3 Metrics"
      aside={
        <Text size="sm" c="dimmed" className="tabular">
          {counted(metrics.length, 'metric')} chosen
        </Text>
      }
    >
      <div className={styles['column']}>
        <Group gap="sm" mb="xs">
          <TextInput
            aria-label="Search metrics"
            placeholder={`Search ${choices.metrics.length} metrics`}
            leftSection={<IconSearch size={15} />}
            value={query}
            onChange={(change) => setQuery(change.currentTarget.value)}
            flex="1 1 200px"
            data-search
          />
          <Switch
            size="xs"
            label="Only what is possible"
            checked={onlyLegal}
            onChange={(change) => setOnlyLegal(change.currentTarget.checked)}
          />
        </Group>
        <div className={styles['scroll']}>
          {groups.map((group) => (
            <Family
              // A search opens what it finds in; without one every family is as it was at first.
              key={`${group.name} ${wanted === ''}`}
              group={group}
              isOpen={wanted !== '' || OPEN_AT_FIRST.has(group.name)}
              chosen={chosen}
              onToggle={(name) => onChange({ metrics: toggled(metrics, name) })}
            />
          ))}
          {groups.length === 0 && (
            <Text size="sm" c="dimmed" px={8}>
              No metric is like that
            </Text>
          )}
        </div>
      </div>
    </Card>
  )
}

interface FamilyProps {
  readonly group: MetricGroup
  readonly isOpen: boolean
  readonly chosen: ReadonlySet<string>
  readonly onToggle: (name: string) => void
}

function Family({ group: { title, metrics }, isOpen, chosen, onToggle }: FamilyProps) {
  const [opened, setOpened] = useState(isOpen)
  const picked = metrics.filter(({ name }) => chosen.has(name)).length
  return (
    <details className={styles['family']} open={opened} onToggle={(toggle) => setOpened(toggle.currentTarget.open)}>
      <summary>
        {title}{' '}
        <Text span size="xs" c="dimmed" className="tabular">
          {picked > 0 ? `${picked} of ` : ''}
          {metrics.length}
        </Text>
      </summary>
      {opened &&
        metrics.map((metric) => (
          <PickRow
            key={metric.name}
            name={metric.name}
            about={metric.about}
            illegal={metric.illegal}
            locked={metric.locked}
            checked={chosen.has(metric.name)}
            aside={<Kind metric={metric} />}
            onToggle={() => onToggle(metric.name)}
          />
        ))}
    </details>
  )
}

const Kind = ({ metric: { column } }: { metric: MetricChoice }) => (
  <Text span size="xs" c="dimmed">
    {column.type}
    {column.latencyHours !== null && ` · ${column.latencyHours} h`}
  </Text>
)
