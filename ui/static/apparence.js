// The appearance that a reader chose, light unless told otherwise: kept by the browser, worn before anything is drawn.
// The framework keeps one for each address, and says it with each request to the server, which draws the charts.
(() => {
  const NAMES = { claire: 'Light', sombre: 'Dark' }
  const page = document.documentElement

  const wear = (name) => {
    window.localStorage.setItem('jalons-apparence', name)
    window.localStorage.setItem(`stActiveTheme-${window.location.pathname}-v2`, JSON.stringify(NAMES[name]))
    page.dataset.apparence = name
  }

  const tell = (message) => window.postMessage({ stCommVersion: 1, ...message }, window.location.origin)

  // The framework wears it, then the page is asked for again.
  const redraw = (name) => {
    const app = document.querySelector('.stApp')
    if (page.dataset.apparence !== name) return
    const isWorn = window.getComputedStyle(app).colorScheme === NAMES[name].toLowerCase()
    if (isWorn && app.dataset.testScriptState === 'notRunning') tell({ type: 'RERUN_SCRIPT' })
    else window.requestAnimationFrame(() => redraw(name))
  }

  const choose = (event) => {
    const name = event.target.closest?.('button.j-appearance')?.dataset.name
    if (!name || name === page.dataset.apparence) return
    wear(name)
    tell({ type: 'SET_CUSTOM_THEME_CONFIG', themeName: NAMES[name] })
    redraw(name)
  }

  try {
    wear(window.localStorage.getItem('jalons-apparence') === 'sombre' ? 'sombre' : 'claire')
    document.addEventListener('click', choose)
  } catch {
    // A browser that keeps nothing: everyone has the light one, whatever the system asks for.
    THEMES.DARK_THEME = THEMES.LIGHT_THEME
  }
  Object.assign(window.__streamlit, THEMES)
})()
