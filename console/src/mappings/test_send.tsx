import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconFlask } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { TestSend } from '../../../src/server/contract.ts'
import { call } from '../api/client.ts'
import { JsonText } from '../parts/code.tsx'
import { Failure } from '../parts/failure.tsx'
import { ReasonText } from '../parts/reason_text.tsx'
import { ReceiptFacts } from '../trace/answer_pane.tsx'
import type { LiveTest } from './live_test.ts'

/** Sends the chosen event now, through the unsaved mapping, under a test event code; the books do not count it. */
export function TestSendPanel({ live, defaultCode }: { live: LiveTest; defaultCode: string }) {
  const [code, setCode] = useState(defaultCode)
  const send = useMutation({
    mutationFn: () => {
      const { chosen } = live
      const event = chosen?.kind === 'stored' ? { id: chosen.id } : { event: JSON.parse(live.ownText) as object }
      return call<TestSend>('POST', '/test-send', { ...event, spec: live.spec, testEventCode: code.trim() })
    },
  })
  const answer = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (send.data) answer.current?.scrollIntoView({ block: 'nearest' })
  }, [send.data])
  return (
    <Stack gap="sm">
      <Text size="xs" c="dimmed">
        Goes to TikTok now, with the mapping as it stands here, and shows under Test Events. It counts nowhere.
      </Text>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          send.mutate()
        }}
      >
        <Group gap="xs" align="flex-end">
          <TextInput
            label="Test event code"
            description="From Events Manager, Test Events"
            flex={1}
            required
            value={code}
            onChange={(change) => setCode(change.currentTarget.value)}
          />
          <Button
            type="submit"
            leftSection={<IconFlask size={15} />}
            loading={send.isPending}
            disabled={code.trim() === ''}
          >
            Send test
          </Button>
        </Group>
      </form>
      <Stack gap="sm" ref={answer} style={{ scrollMarginBottom: 12 }}>
        <Failure error={send.error} />
        {send.data && <Sent sent={send.data.sent} />}
      </Stack>
    </Stack>
  )
}

function Sent({ sent }: { sent: TestSend['sent'] }) {
  if (sent.length === 0) return <Text size="sm">Nothing was sent: see the verdict above</Text>
  return sent.map(({ mapping, receipt, reason, request }) => (
    <Stack key={mapping} gap="xs" role="status" aria-label="TikTok's answer">
      {receipt && <ReceiptFacts receipt={receipt} />}
      {reason && <ReasonText reason={reason} />}
      <JsonText text={request.body} label="request body" maxHeight={240} />
    </Stack>
  ))
}
