/** Where the studio begins: the token of the address becomes a cookie, then the page is shown. */

import { createRoot } from "react-dom/client";
import { post } from "./api.ts";
import { App } from "./app.tsx";
import { keepPages } from "./offline/keep-pages.ts";
import { showChosenTheme } from "./parts/theme.ts";
import "./style/language.gen.css";
import "./style/base.css";
import "./style/studio.css";

const root = document.getElementById("root");
if (root !== null) {
  showChosenTheme();
  const token = location.hash.slice(1);
  // A token is 43 letters; any other fragment is a place in the page.
  if (/^[\w-]{43}$/u.test(token)) {
    history.replaceState(null, "", location.pathname + location.search);
    await post("/api/session", { token }).catch(() => undefined);
  }
  createRoot(root).render(<App />);
  keepPages();
}
