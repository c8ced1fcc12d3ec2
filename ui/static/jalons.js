// Gestures on figures: a link to a proof opens it without reloading the page, its citation is copied.
// A new address and the event of the browser's own « back » are all that is used of the page: without this script the
// links still lead there, by a reload.
(() => {
  let asked = null

  const open = (event) => {
    const link = event.target.closest?.('a.j-proof')
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    const address = new URL(window.location.href)
    const key = new URL(link.href).searchParams.get('preuve')
    address.searchParams.set('preuve', key)
    asked = key
    window.history.pushState({}, '', address)
    window.dispatchEvent(new PopStateEvent('popstate'))
  }

  // A way to another page takes along what was chosen on this one, as the menu does.
  const shared = [
    'convention', 'periode', 'lecture', 'vue', 'territoire', 'public', 'source', 'niveau', 'cohortes',
  ]
  const take = (event) => {
    const link = event.target.closest?.('[data-testid="stHtml"] a[href^="/"]')
    if (!link) return
    const here = new URL(window.location.href).searchParams
    const there = new URL(link.href)
    for (const key of shared) {
      if (here.has(key) && !there.searchParams.has(key)) there.searchParams.set(key, here.get(key))
    }
    link.href = there.pathname + there.search
  }

  // The reader comes back to the figure that was contested, where the keyboard left it.
  const comeBack = () => {
    if (!asked || document.querySelector('[role="dialog"]')) return
    if (new URL(window.location.href).searchParams.has('preuve')) return
    const links = [...document.querySelectorAll('a.j-proof')]
    const link = links.find((one) => new URL(one.href).searchParams.get('preuve') === asked)
    if (link) {
      asked = null
      link.focus()
    }
  }

  const copy = async (event) => {
    const button = event.target.closest?.('button.j-copy')
    if (!button) return
    const quoted = button.parentElement.querySelector('.j-citation')
    try {
      await navigator.clipboard.writeText(quoted.textContent)
      button.textContent = button.dataset.done
    } catch {
      // Outside a secure context the browser gives no clipboard: the sentence is selected, ready for Ctrl+C.
      window.getSelection().selectAllChildren(quoted)
    }
  }

  document.addEventListener('click', open)
  document.addEventListener('click', copy)
  document.addEventListener('click', take, true)
  new MutationObserver(comeBack).observe(document.documentElement, { childList: true, subtree: true })
})()
