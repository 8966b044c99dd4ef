// Posts the control page's forms as JSON, which a foreign site's form could not, and shows the new state.
for (const form of document.querySelectorAll('form[data-post], form[data-delete]'))
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const fields = [...new FormData(form)].filter(([, value]) => value !== '')
    const isNumber = (name) => form.elements[name].type === 'number'
    const body = Object.fromEntries(fields.map(([name, value]) => [name, isNumber(name) ? Number(value) : value]))
    const response = await fetch(form.dataset.post ?? form.dataset.delete, {
      method: form.dataset.post ? 'POST' : 'DELETE',
      headers: { 'content-type': 'application/json' },
      body: form.dataset.post ? JSON.stringify(body) : null,
    })
    const answer = await response.json()
    if (response.ok) location.reload()
    else document.querySelector('#said').textContent = answer.error ?? `Refused: ${response.status}`
  })
