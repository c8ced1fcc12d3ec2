// What the framework writes itself, in French: its words come before this text, as FRENCH. The first script of a page:
// dates and numbers too follow the language that it gives, whatever the browser's.
(() => {
  const patterns = FRENCH.patterns.map(([english, french]) => [new RegExp(english), french])
  const attributes = ['aria-label', 'aria-description', 'placeholder', 'title', 'alt']
  // Our own texts are French already, and hold most of the page.
  const own = '[data-testid="stHtml"], .js-plotly-plot, script, style'
  const known = new Map(Object.entries(FRENCH.words))

  for (const [name, value] of [['language', 'fr-FR'], ['languages', ['fr-FR', 'fr']]]) {
    Object.defineProperty(navigator, name, { get: () => value, configurable: true })
  }

  const say = (text) => {
    const words = text.trim()
    if (!words) return text
    const exact = known.get(words)
    if (exact !== undefined) return text.replace(words, () => exact)
    const found = patterns.find(([english]) => english.test(words))
    return found ? translate(words, found) : text
  }

  const translate = (words, [english, french]) =>
    french.replace(/\$(\d)/g, (_, rank) => {
      const part = english.exec(words)[Number(rank)]
      return known.get(part) ?? part
    })

  const write = (node) => {
    const french = say(node.data)
    if (french !== node.data) node.data = french
  }

  const name = (element) => {
    for (const attribute of attributes) {
      const said = element.getAttribute(attribute)
      if (!said) continue
      const french = say(said)
      if (french !== said) element.setAttribute(attribute, french)
    }
  }

  const read = (root) => {
    if (root.nodeType === Node.TEXT_NODE) {
      if (!root.parentElement?.closest(own)) write(root)
      return
    }
    if (root.nodeType !== Node.ELEMENT_NODE || root.closest(own)) return
    const accept = (node) => (node.nodeType === 1 && node.matches(own) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT)
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, accept)
    for (let node = root; node; node = walker.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) write(node)
      else name(node)
    }
  }

  const follow = (changes) => {
    for (const change of changes) {
      if (change.type === 'childList') change.addedNodes.forEach(read)
      else if (change.type === 'characterData') read(change.target)
      else if (!change.target.closest(own)) name(change.target)
    }
  }

  new MutationObserver(follow).observe(document.documentElement, {
    childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: attributes,
  })
})()
