import { Accordion, Button, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconCircleCheckFilled, IconCircleXFilled } from '@tabler/icons-react'
import type { RuleTrace } from '../../../src/server/contract.ts'
import { counted } from '../parts/amounts.ts'
import { StatusIcon } from '../parts/chip.tsx'
import type { Status } from '../parts/status.ts'
import styles from './trace.module.css'

const HELD: Status = { word: 'Matched', tone: 'good', icon: IconCircleCheckFilled }
const FAILED: Status = { word: 'Did not match', tone: 'off', icon: IconCircleXFilled }

/** Every mapping of a sync: which matched, and for the others why not. */
export function Rules({ rules }: { rules: readonly RuleTrace[] }) {
  const [opened, { toggle }] = useDisclosure(false)
  const matched = rules.filter((rule) => rule.matched && rule.enabled)
  const others = rules.filter((rule) => !rule.matched || !rule.enabled)
  const isOpen = opened || matched.length === 0
  return (
    <Stack gap="sm">
      {matched.map((rule) => (
        <RuleSummary key={rule.mapping} rule={rule} />
      ))}
      {matched.length === 0 && (
        <Text size="sm">No mapping matched, so nothing is sent. Each one below says why not.</Text>
      )}
      {matched.length > 0 && others.length > 0 && (
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          onClick={toggle}
          aria-expanded={isOpen}
          className={styles['toggle']!}
        >
          {isOpen
            ? 'Hide'
            : `Why not ${others.length === 1 ? 'the other mapping' : `the other ${others.length} mappings`}?`}
        </Button>
      )}
      {isOpen && others.length > 0 && <WhyNot rules={others} />}
    </Stack>
  )
}

const WhyNot = ({ rules }: { rules: readonly RuleTrace[] }) => (
  <Accordion variant="contained" chevronPosition="left" multiple>
    {rules.map((rule) => (
      <Accordion.Item key={rule.mapping} value={rule.mapping}>
        <Accordion.Control aria-label={`Why not ${rule.mapping}?`}>
          <Text size="sm" className="wrap">
            <strong>{rule.mapping}</strong>: why not?{' '}
            <Text span size="sm" c="dimmed">
              {shortReason(rule)}
            </Text>
          </Text>
        </Accordion.Control>
        <Accordion.Panel>
          <RuleDetail rule={rule} />
        </Accordion.Panel>
      </Accordion.Item>
    ))}
  </Accordion>
)

function shortReason(rule: RuleTrace): string {
  const failed = rule.conditions.filter(({ matched }) => !matched)
  if (!rule.enabled) return rule.matched ? 'switched off; it would have matched' : 'switched off'
  return failed.length === 1 ? failed[0]!.text : `${counted(failed.length, 'condition')} did not hold`
}

function RuleSummary({ rule }: { rule: RuleTrace }) {
  return (
    <Stack gap={6}>
      <Text size="sm" fw={600} className="wrap" style={{ display: 'flex', gap: 6, alignItems: 'center' }}>
        <StatusIcon status={HELD} size={16} /> {rule.mapping}
      </Text>
      <RuleDetail rule={rule} />
    </Stack>
  )
}

/** A trigger and each of its conditions, with what the event held. */
export function RuleDetail({ rule }: { rule: RuleTrace }) {
  return (
    <Stack gap={6}>
      <code className={`${styles['when']} mono`}>{rule.when}</code>
      {rule.conditions.map(({ text, found, matched }) => (
        <div key={text} className={styles['condition']}>
          <StatusIcon status={matched ? HELD : FAILED} size={15} />
          <span className="wrap">
            <span className="mono">{text}</span>{' '}
            <Text span size="xs" c="dimmed">
              {matched ? 'held' : 'did not hold'}; the event has{' '}
              <span className="mono">{found === null ? 'nothing there' : JSON.stringify(found)}</span>
            </Text>
          </span>
        </div>
      ))}
    </Stack>
  )
}
