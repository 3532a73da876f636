import { Button, Menu, Modal, Stack } from '@mantine/core'
import { IconDownload, IconFileTypeSql, IconPhoto, IconSchema } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { readText } from '../api/client.ts'
import { type SchemaFormat, schemaExportPath } from '../api/stream_queries.ts'
import { Answer } from '../parts/answer.tsx'
import { Code } from '../parts/code.tsx'
import { downloadText } from '../parts/download.ts'
import { PICTURE_WANTED } from './picture_wanted.ts'

const FORMATS: Record<SchemaFormat, { readonly title: string; readonly file: string }> = {
  sql: { title: 'SQL', file: 'schema.sql' },
  dbml: { title: 'DBML', file: 'schema.dbml' },
  mermaid: { title: 'Mermaid', file: 'schema.mmd' },
  json: { title: 'Data contract', file: 'schema.json' },
}

interface ExportMenuProps {
  readonly sync: string | undefined
  /** A picture can be made only of what is drawn. */
  readonly withPicture: boolean
}

/** The schema for other programs: as text to be read, copied or kept, or as a picture. */
export function ExportMenu({ sync, withPicture }: ExportMenuProps) {
  const [format, setFormat] = useState<SchemaFormat | null>(null)
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" size="xs" leftSection={<IconDownload size={14} />}>
            Export
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {(Object.keys(FORMATS) as SchemaFormat[]).map((one) => (
            <Menu.Item
              key={one}
              leftSection={one === 'sql' ? <IconFileTypeSql size={15} /> : <IconSchema size={15} />}
              onClick={() => setFormat(one)}
            >
              {FORMATS[one].title}
            </Menu.Item>
          ))}
          <Menu.Item
            leftSection={<IconPhoto size={15} />}
            disabled={!withPicture}
            onClick={() => window.dispatchEvent(new Event(PICTURE_WANTED))}
          >
            PNG
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={format !== null}
        onClose={() => setFormat(null)}
        title={`Schema as ${format ? FORMATS[format].title : ''}`}
        size="xl"
      >
        {format && <Exported sync={sync} format={format} />}
      </Modal>
    </>
  )
}

function Exported({ sync, format }: { sync: string | undefined; format: SchemaFormat }) {
  const path = schemaExportPath(sync, format)
  const text = useQuery({ queryKey: ['text', path], queryFn: ({ signal }) => readText(path, signal) })
  const { title, file } = FORMATS[format]
  return (
    <Answer query={text}>
      {(found) => (
        <Stack gap="sm">
          <Code text={found} label={title} />
          <Button
            leftSection={<IconDownload size={16} />}
            style={{ alignSelf: 'flex-end' }}
            onClick={() => downloadText(file, found)}
          >
            Download {file}
          </Button>
        </Stack>
      )}
    </Answer>
  )
}
