import { Button, Group, Paper, Stepper, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconArrowLeft, IconArrowRight } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { Page } from '../parts/page.tsx'
import { AccountStep } from './account_step.tsx'
import { type ConnectionDraft, lacking, stepToDo } from './draft.ts'
import { useKeptDraft } from './keep_draft.ts'
import { PolicyStep } from './policy_step.tsx'
import { ScheduleStep } from './schedule_step.tsx'
import { STEPS, type Step } from './steps.ts'
import { StreamsStep } from './streams_step.tsx'
import { SummaryStep } from './summary_step.tsx'
import { WarehouseStep } from './warehouse_step.tsx'

const TITLE: Record<Step, string> = {
  account: 'Account',
  warehouse: 'Warehouse',
  streams: 'Streams',
  schedule: 'History and schedule',
  policy: 'Schema',
  summary: 'Summary',
}

/** What every step is given. */
export interface StepProps {
  readonly draft: ConnectionDraft
  readonly onChange: (change: Partial<ConnectionDraft>) => void
}

/** `/connect`: from a TikTok login to a first run, in six steps. */
export function ConnectScreen() {
  const search = useSearch({ from: '/shell/connect' })
  const navigate = useNavigate()
  const [draft, setDraft] = useKeptDraft()
  const step = stepToDo(search.step ?? 'account', draft)
  const go = (next: Step) => void navigate({ to: '/connect', search: { step: next } })
  const change = (some: Partial<ConnectionDraft>) => setDraft((before) => ({ ...before, ...some }))
  return (
    <Page
      title="Connect TikTok to a warehouse"
      about="TikTok's campaigns, ads and reports become tables of yours, and stay complete"
      back={{ to: '/connections', label: 'Connections' }}
    >
      <Progress step={step} draft={draft} onGo={go} />
      <Paper withBorder p={{ base: 'md', sm: 'xl' }} component="section" aria-label={TITLE[step]}>
        <StepBody key={step} step={step} draft={draft} onChange={change} />
      </Paper>
      {step !== 'summary' && <Feet step={step} draft={draft} onGo={go} />}
    </Page>
  )
}

function StepBody({ step, ...props }: StepProps & { step: Step }) {
  switch (step) {
    case 'account':
      return <AccountStep {...props} />
    case 'warehouse':
      return <WarehouseStep {...props} />
    case 'streams':
      return <StreamsStep {...props} />
    case 'schedule':
      return <ScheduleStep {...props} />
    case 'policy':
      return <PolicyStep {...props} />
    case 'summary':
      return <SummaryStep {...props} />
  }
}

interface StepsProps {
  readonly step: Step
  readonly draft: ConnectionDraft
  readonly onGo: (step: Step) => void
}

/** Where one is. On a phone a sentence and a bar; else every step, those behind to be gone back to. */
function Progress({ step, draft, onGo }: StepsProps) {
  const narrow = useMediaQuery('(max-width: 62em)')
  const position = STEPS.indexOf(step)
  if (narrow) {
    return (
      <Text size="sm" fw={600} role="status">
        Step {position + 1} of {STEPS.length}: {TITLE[step]}
      </Text>
    )
  }
  return (
    <Stepper active={position} size="sm" iconSize={28} onStepClick={(next) => onGo(STEPS[next]!)} aria-label="Steps">
      {STEPS.map((one) => (
        <Stepper.Step key={one} label={TITLE[one]} allowStepSelect={stepToDo(one, draft) === one} />
      ))}
    </Stepper>
  )
}

/** Back and on; why one cannot go on is said beside the button. */
function Feet({ step, draft, onGo }: StepsProps) {
  const position = STEPS.indexOf(step)
  const lacks = lacking(step, draft)
  const next = STEPS[position + 1]!
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new step begins at its top
  useEffect(() => {
    window.scrollTo({ top: 0 })
  }, [step])
  return (
    <Group justify="space-between">
      {position > 0 ? (
        <Button variant="default" leftSection={<IconArrowLeft size={16} />} onClick={() => onGo(STEPS[position - 1]!)}>
          Back
        </Button>
      ) : (
        <span />
      )}
      <Group gap="sm">
        {lacks && (
          <Text size="sm" c="dimmed">
            {lacks}
          </Text>
        )}
        <Button rightSection={<IconArrowRight size={16} />} disabled={lacks !== null} onClick={() => onGo(next)}>
          Next: {TITLE[next].toLowerCase()}
        </Button>
      </Group>
    </Group>
  )
}
