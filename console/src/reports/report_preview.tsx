import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { IconEye } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { RowsPreview } from '../../../src/server/contract_streams.ts'
import { useAccountAdvertisers } from '../api/advertisers.ts'
import { call } from '../api/client.ts'
import { resourcesQuery } from '../api/queries.ts'
import { plain, type ReportSpec } from '../api/specs.ts'
import { addDays, dayText, todayAt } from '../parts/days.ts'
import { Failure } from '../parts/failure.tsx'
import { Card } from '../parts/page.tsx'
import { RowsTable } from '../parts/rows_table.tsx'

interface Asked {
  readonly spec: ReportSpec
  readonly account: string
  readonly advertiserId: string
  readonly day: string
}

/** Ten rows of one day, straight from TikTok; nothing is stored. */
export function ReportPreview({ spec, isPossible }: { spec: ReportSpec; isPossible: boolean }) {
  const { data: accounts = [] } = useQuery(resourcesQuery('account'))
  const [chosenAccount, setAccount] = useState<string | null>(null)
  const [chosenAdvertiser, setAdvertiser] = useState<string | null>(null)
  const [day, setDay] = useState(addDays(todayAt(Date.now()), -1))
  const account = chosenAccount ?? accounts[0]?.name ?? null
  const advertisers = useAccountAdvertisers(account ?? undefined)
  const advertiserId = chosenAdvertiser ?? [...advertisers.keys()][0] ?? null
  const preview = useMutation({
    mutationFn: (asked: Asked) =>
      call<RowsPreview>('POST', '/reporting/preview', { ...asked, spec: plain(asked.spec) }),
  })
  const advertiser = advertiserId === null ? undefined : advertisers.get(advertiserId)
  const look = () => account && advertiserId && preview.mutate({ spec, account, advertiserId, day })
  return (
    <Card title="Preview" flush>
      <Stack gap="sm" px="md" pb="md">
        <Group gap="xs" align="flex-end">
          {accounts.length > 1 && (
            <Select
              label="Account"
              w={160}
              allowDeselect={false}
              data={accounts.map(({ name }) => name)}
              value={account}
              onChange={(name) => {
                setAccount(name)
                setAdvertiser(null)
              }}
            />
          )}
          <Select
            label="Advertiser"
            w={220}
            allowDeselect={false}
            placeholder="No advertiser known"
            data={[...advertisers.values()].map(({ id, name }) => ({ value: id, label: name }))}
            value={advertiserId}
            onChange={setAdvertiser}
          />
          <TextInput type="date" label="Day" value={day} onChange={(change) => setDay(change.currentTarget.value)} />
          <Button
            variant="default"
            leftSection={<IconEye size={16} />}
            loading={preview.isPending}
            disabled={!isPossible || !account || !advertiserId}
            onClick={look}
          >
            Show ten rows
          </Button>
        </Group>
        <Failure error={preview.error} />
        {!preview.data && (
          <Text size="sm" c="dimmed">
            Asks TikTok for one day and shows ten rows. Nothing is stored.
          </Text>
        )}
        {preview.data && (
          <Text size="xs" c="dimmed">
            {preview.variables && dayText(preview.variables.day)}
            {advertiser && `, in ${advertiser.timezone}; money in ${advertiser.currency}`}
          </Text>
        )}
      </Stack>
      {preview.data && <RowsTable rows={preview.data} name="preview" />}
    </Card>
  )
}
