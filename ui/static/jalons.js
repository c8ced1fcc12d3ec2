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
  new MutationObserver(comeBack).observe(document.documentElement, { childList: true, subtree: true })
})()
