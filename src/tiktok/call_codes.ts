/** Every way a call to TikTok can end other than well, by its stable code, and what happens next. */
export const CALL_CODES: Readonly<Record<string, string>> = {
  'tiktok.unreachable': 'No connection came about, so nothing was sent; it is tried again',
  'tiktok.timeout': 'No full answer came in time, and the items may have arrived; they go again with the same ids',
  'tiktok.cut': 'The connection broke off, and the items may have arrived; they go again with the same ids',
  'tiktok.answer_too_large':
    'The answer is larger than any of TikTok; the items may have arrived and go again with the same ids',
  'tiktok.unreadable_answer':
    "The answer is not in TikTok's form, such as a page of a proxy; the items may have arrived and go again with the same ids",
  'tiktok.server_error': 'The server answered HTTP 5xx; the items may have arrived and go again with the same ids',
  'tiktok.redirected': 'The answer was a redirect, which is not followed; check the base URL and any proxy',
  'tiktok.throttled': 'TikTok asked us to slow down; the items wait and lose no attempt',
  'tiktok.unavailable': 'TikTok is in trouble behind its own door; the items go again with the same ids',
  'tiktok.unknown_code': 'TikTok answered with a code nobody has told us of; the items go again with the same ids',
  'tiktok.refused': 'TikTok refused the item; read its words, then correct the data or the mapping',
  'tiktok.partial': 'TikTok took a part of the batch; the items go again, apart, until each has its own answer',
  'tiktok.too_large': 'The request is too large; it goes again in parts',
  'tiktok.rows_moved':
    'Rows of a report moved while they were read, three times over; the slice is read again by the next run',
  'tiktok.task_failed':
    'TikTok made no file of a report that was ordered as one; the slice is read again by the next run',
  'tiktok.truncated':
    'TikTok cuts a report short and cannot be asked for less at once; read it at a higher level, or with fewer breakdowns',
  'tiktok.token_invalid': 'The access token is missing, wrong, expired or revoked; connect the account again',
  'tiktok.no_permission':
    'The token may not use this advertiser, pixel, app or event set; give the account access at TikTok',
  'tiktok.gone': 'What was asked about was deleted, or is not of this account; it is left out',
  'tiktok.wrong_setting': 'TikTok does not know the event source; correct the pixel code or the id of the event set',
  'tiktok.denied': 'TikTok does not offer what we asked for; read its words, and update this program',
  'tiktok.mapping_broken': 'Every item is refused with the same words; correct the mapping, then retry',
}
