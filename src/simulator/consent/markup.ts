const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Text as it may stand in HTML, also within an attribute's quotes. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => SIGNS[sign]!)

const page = (title: string, body: string) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escaped(title)}</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/page.css">
  </head>
  <body>
    <main class="consent">
      ${body}
    </main>
  </body>
</html>
`

/** One account a person can tick. */
export interface Choice {
  readonly id: string
  readonly name: string
  readonly detail: string
}

const choiceItem = ({ id, name, detail }: Choice) => `
        <li><label>
          <input type="checkbox" name="advertiser_id" value="${escaped(id)}" checked>
          <span><strong>${escaped(name)}</strong><br><small>${escaped(id)} · ${escaped(detail)}</small></span>
        </label></li>`

const hidden = (name: string, value: string) =>
  `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`

/** The question: who asks, and for which accounts. `complaint` says what was wrong with the last answer, if anything. */
export const consentPage = (
  appId: string,
  asked: Readonly<Record<string, string>>,
  choices: readonly Choice[],
  complaint: string | null,
): string =>
  page(
    'Allow access? – Local TikTok',
    `<section>
        <h1>Allow access?</h1>
        <p><strong>This is a simulator.</strong> App <code>${escaped(appId)}</code> asks to read these ad accounts and to
          send events for them. You will be sent back to <code>${escaped(asked['redirect_uri'] ?? '')}</code>.</p>
        ${complaint === null ? '' : `<p role="alert" class="chip bad">${escaped(complaint)}</p>`}
        <form method="post" action="/portal/auth">
          ${Object.entries(asked)
            .map(([name, value]) => hidden(name, value))
            .join('')}
          <ul class="switches">${choices.map(choiceItem).join('')}</ul>
          <div class="actions">
            <button type="submit" name="decision" value="allow">Allow</button>
            <button type="submit" name="decision" value="deny">Deny</button>
          </div>
        </form>
      </section>`,
  )

/** What is shown when the app's link is wrong: nobody can be sent back then. */
export const wrongLinkPage = (problem: string): string =>
  page(
    'Wrong link – Local TikTok',
    `<section><h1>This link is wrong</h1><p role="alert">${escaped(problem)}</p></section>`,
  )
