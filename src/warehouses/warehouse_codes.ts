/** What calls to a warehouse may come to. */
export const WAREHOUSE_CODES: Readonly<Record<string, string>> = {
  'warehouse.unreachable': 'The warehouse does not answer, or broke off; the run tries again by itself',
  'warehouse.busy': 'Someone else is writing there, or has the file open; the run tries again by itself',
  'warehouse.access_denied':
    'The warehouse refuses the user or the password, or the user may not do what is needed; correct them, or grant it',
  'warehouse.missing': 'The database or the table is not there; create it, or let a run create it',
  'warehouse.other_shape': 'The table lacks a column that a load needs; accept the change of its schema',
  'warehouse.bad_value': 'A value does not fit the type of its column; make the column wider, the message names both',
  'warehouse.bad_query': 'The query is wrong, or does more than read; the message says where',
  'warehouse.bad_folder': "Backbeat's own files stand in the folder; give a folder that holds nothing else",
  'warehouse.no_package': 'A package that this warehouse needs is not installed; the message says which one',
  'warehouse.full': 'The disk or the memory of the warehouse is full; make room, then run again',
  'warehouse.broken': 'The warehouse reported something unforeseen in its own words; the next run tries again',
}
