import { Box, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { TextLink } from '../parts/text_link.tsx'

interface PageProps {
  readonly title: string
  readonly about?: ReactNode
  /** Where "back" leads, for a page under another. */
  readonly back?: { readonly to: string; readonly label: string }
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** The frame of every screen: title, one sentence, actions, content. */
export function Page({ title, about, back, actions, children }: PageProps) {
  useDocumentTitle(`${title} · Backbeat`)
  return (
    <Stack gap="md" maw={1440} mx="auto" w="100%">
      <Group justify="space-between" align="flex-end" gap="sm">
        <Box miw={0} flex="1 1 280px">
          {back && (
            <TextLink to={back.to} size="xs" c="dimmed" data-back>
              ← {back.label}
            </TextLink>
          )}
          <Title order={1} className="wrap">
            {title}
          </Title>
          {about && (
            <Text c="dimmed" size="sm" component="div">
              {about}
            </Text>
          )}
        </Box>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  )
}

interface CardProps {
  readonly title?: string
  readonly aside?: ReactNode
  readonly flush?: boolean
  readonly children: ReactNode
}

/** One matter of a screen, titled. `flush` leaves no padding, for tables. */
export function Card({ title, aside, flush = false, children }: CardProps) {
  return (
    <Paper withBorder component="section" aria-label={title} p={flush ? 0 : 'md'} style={{ overflow: 'hidden' }}>
      {title && (
        <Group justify="space-between" px={flush ? 'md' : 0} pt={flush ? 'sm' : 0} pb="sm" gap="xs">
          <Title order={2}>{title}</Title>
          {aside}
        </Group>
      )}
      {children}
    </Paper>
  )
}
