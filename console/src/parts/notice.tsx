import { Group, Text } from '@mantine/core'
import { IconInfoCircle, type TablerIcon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import styles from './notice.module.css'
import type { Tone } from './status.ts'

interface NoticeProps {
  readonly tone: Tone
  readonly icon?: TablerIcon
  readonly title?: string
  readonly children: ReactNode
}

/** Something a reader should know before going on, in the colours of its state. */
export function Notice({ tone, icon: Icon = IconInfoCircle, title, children }: NoticeProps) {
  return (
    <Group className={styles['notice']!} data-tone={tone} role="status" gap={10} wrap="nowrap" align="flex-start">
      <span className={styles['icon']}>
        <Icon size={18} aria-hidden />
      </span>
      <div className={styles['text']}>
        {title && (
          <Text size="sm" fw={650} className={styles['title']!}>
            {title}
          </Text>
        )}
        {children}
      </div>
    </Group>
  )
}
