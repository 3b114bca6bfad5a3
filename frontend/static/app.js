// All script of our own. Every page works without it; here are conveniences only.
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  document.documentElement.classList.add("js");

  // 1. What could not be saved is said in a line that stays, for htmx leaves 5xx answers unswapped.
  const alarm = (text) => { const line = one("#alarm"); if (line) line.textContent = text; };
  const FAILED = "Det gick inte att spara eller hämta. Det du skrivit finns kvar här. Försök igen.";
  const SIGNED_OUT = "Du är utloggad. Logga in igen i en ny flik. Det du skrivit finns kvar här.";
  const GONE = "Det du ändrar finns inte längre. Inget är sparat, texten finns kvar här.";
  const CHANGED = "Det går inte att göra längre, för läget har ändrats. Inget är sparat, texten finns kvar här.";
  const LONG = "Formuläret med all sin text är större än 8 MB. Korta det längsta fältet. Inget är sparat, texten finns kvar här.";
  const REFUSED = "Du får inte göra det här, eller så har du loggat in på nytt sedan sidan öppnades. Ladda då om den. Inget är sparat, texten finns kvar här.";
  const RETRIED = "Inte sparat – försöker igen";
  document.addEventListener("htmx:response:error", (event) => {
    const status = event.detail.ctx?.response?.status ?? 0;
    keep(event.target);
    if (status === 422 || ((status === 429 || status > 499) && again(event.target))) return;
    const said = { 401: SIGNED_OUT, 403: REFUSED, 404: GONE, 409: CHANGED, 413: LONG };
    alarm(said[status] ?? FAILED);
    saving(event.target, "Inte sparat. Texten finns kvar här.", "bad");
  });
  document.addEventListener("htmx:error", (event) => {
    keep(event.target);
    if (event.detail?.ctx && !again(event.target)) alarm(FAILED);
  });
  // htmx tells of a swap also where it left the answer unswapped.
  const swapped = (event) => {
    const status = event.detail?.ctx?.response?.status ?? 0;
    return status === 422 || (status > 0 && status < 400);
  };
  // What comes live, by itself, says nothing of what could not be saved.
  const live = (event) => event.detail?.ctx?.sourceElement?.hasAttribute?.("hx-sse:connect");
  document.addEventListener("htmx:after:swap", (event) => { if (swapped(event) && !live(event)) alarm(""); });

  // 2. Saved as you type: say so, try again where it failed, and warn before leaving what is not
  //    saved. It is kept beside the page for this user too, so that a reload brings it back.
  //    A button beside a form with text asks first: what stands in the other form would be lost.
  const unsaved = new Set(), typed = new Map(), sent = new Map(), tries = new Map(), waits = new Map();
  const ASK = "Det du har skrivit i ett annat formulär på sidan är inte sparat, och försvinner. Fortsätta ändå?";
  const keep = (from) => { if (from?.matches?.("form[method=post]")) unsaved.add(from); };
  const itself = (from) => from?.closest?.("[data-autosave]");
  const saving = (from, text, kind) => {
    const line = itself(from) && one(".saved", itself(from));
    if (!line) return;
    if (line.textContent !== text) line.textContent = text;  // what is said anew is read aloud anew
    line.className = `saved ${kind}`;
  };
  const send = (form) => form.dispatchEvent(new Event("input", { bubbles: true }));
  const again = (from) => {
    const form = itself(from);
    if (!form) return false;
    saving(form, RETRIED, "bad");
    tries.set(form, Math.min((tries.get(form) ?? 0) + 1, 5));
    clearTimeout(waits.get(form));
    waits.set(form, setTimeout(() => { if (form.isConnected) send(form); }, 2 ** tries.get(form) * 500));
    return true;
  };
  const place = (form) => `typed ${form.dataset.autosave} ${form.getAttribute("action")}`;
  // Of several texts only those are kept that were typed in here: others go on being what is saved.
  const touched = (form, key) => {
    const of = [...form.elements].filter((field) => field.name?.endsWith(`.${key}`));
    const saved = of.filter((field) => field.name.startsWith("base.")).length;
    return saved !== 1 || of.some((field) => !field.hidden && differs(field));
  };
  const remember = (form) => {
    const told = [...new FormData(form)].filter(([name]) => name !== "csrf");
    const keys = new Set(told.map(([name]) => name.split(".")[1]).filter((key) => key && !touched(form, key)));
    const values = told.filter(([name]) => !keys.has(name.split(".")[1]));
    try { sessionStorage.setItem(place(form), JSON.stringify(values)); } catch { /* it is full */ }
  };
  const forget = (form) => { unsaved.delete(form); tries.delete(form); sessionStorage.removeItem(place(form)); };
  // Thrown away is not kept again as the page is left.
  const dropped = (form) => { forget(form); form.removeAttribute("data-autosave"); };
  const fill = (field, values) => {
    if (/^(checkbox|radio)$/.test(field.type)) field.checked = values.includes(field.value);
    else if (field.matches("select[hidden]")) { field.options[0].value = values.at(-1); field.selectedIndex = 0; }
    else if (field.type !== "hidden" || field.form.elements[field.name] === field) field.value = values.at(-1);
  };
  // A page that is restored is a new writer, and names the one that it goes on from: a tab that was
  // duplicated has the same past, and another future.
  const follow = (form, kept) => {
    const { once, turn, earlier } = Object.fromEntries(kept);
    form.elements.earlier.value = `${earlier} ${once}:${turn}`.trim();
  };
  const restore = (form) => {
    const kept = JSON.parse(sessionStorage.getItem(place(form)) ?? "null");
    if (!kept) { settle(form); return; }
    const own = form.elements.earlier ? ["once", "turn", "earlier"] : [];
    for (const field of form.elements) {
      const found = kept.filter(([name]) => name === field.name).map(([, value]) => value);
      if (found.length && !own.includes(field.name)) fill(field, found);
    }
    if (own.length) follow(form, kept);
    settle(form);
    keep(form);
    again(form);
  };
  // After Back a browser puts what was typed into a page that it fetches anew. Where that page began
  // with something else its mark is not chosen (components/began.html): it is unless words stand there.
  const differs = (field) => {
    if (/^(checkbox|radio)$/.test(field.type)) return field.checked !== field.defaultChecked;
    if (field.type === "select-multiple" || field.type === "select-one")
      return [...field.options].some((one) => one.defaultSelected !== one.selected)
        && (field.selectedIndex !== 0 || [...field.options].some((one) => one.defaultSelected));
    return field.type !== "hidden" && "defaultValue" in field && field.value !== field.defaultValue;
  };
  const settle = (form) => {
    for (const mark of form.querySelectorAll("select[hidden]")) {
      if (mark.selectedIndex >= 0) continue;
      const [, key] = mark.name.split(".");
      const of = [...form.elements].filter((field) => !field.hidden && (!key || field.name.endsWith(`.${key}`)));
      if (of.some(differs)) { mark.options[0].value = ""; keep(form); if (itself(form)) send(form); }
      mark.selectedIndex = 0;
    }
  };
  addEventListener("pageshow", (event) => {  // which comes after what a browser puts back
    if (event.persisted) return;
    for (const form of document.forms) itself(form) === form ? restore(form) : settle(form);
  });
  addEventListener("online", () => { for (const form of unsaved) if (itself(form) === form) send(form); });
  addEventListener("offline", () => { for (const form of unsaved) saving(form, RETRIED, "bad"); });
  addEventListener("pagehide", () => { for (const form of unsaved) if (itself(form) && form.isConnected) remember(form); });
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    keep(form);
    if (!itself(form)) return;
    typed.set(form, (typed.get(form) ?? 0) + 1);
    if (form.elements.turn) form.elements.turn.value = Number(form.elements.turn.value) + 1;
    one(".saved", form)?.classList.add("busy");
    if (typed.get(form) % 8 === 1) remember(form);
  });
  document.addEventListener("htmx:before:request", (event) => {
    const form = event.target;
    if (itself(form) === form) { sent.set(form, typed.get(form)); remember(form); }
  });
  document.addEventListener("htmx:after:swap", (event) => {
    const form = event.target.closest?.("[data-autosave]") ?? one("#page [data-autosave]");
    if (!form || !swapped(event) || live(event)) return;
    const line = one(".saved", form);
    line?.classList.remove("busy");
    if (line?.classList.contains("bad") || sent.get(form) !== typed.get(form)) { keep(form); remember(form); }
    else forget(form);
  });
  document.addEventListener("submit", (event) => {
    const others = [...unsaved].some((form) => form !== event.target && form.isConnected);
    if (others && !confirm(ASK)) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    unsaved.clear();
    if (event.submitter?.name === "drop") dropped(event.target);
  }, true);
  addEventListener("beforeunload", (event) => {
    if ([...unsaved].some((form) => form.isConnected && itself(form))) event.preventDefault();
  });

  // 3. A form is sent once, however often the button is pressed.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.hasAttribute("data-autosave")) return;
    if (form.dataset.sent) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    form.dataset.sent = "1";
    setTimeout(() => { delete form.dataset.sent; }, 4000);
  }, true);
  addEventListener("pageshow", () => {
    for (const form of document.forms) delete form.dataset.sent;
  });

  // 4. Ctrl+K goes to the search field; Escape closes the menu on a small screen.
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      const field = one("#find");
      if (field) { event.preventDefault(); field.focus(); }
    }
    const menu = event.key === "Escape" && event.target.closest?.(".nav details[open]");
    if (menu) { menu.open = false; one("summary", menu).focus(); }
  });

  // 5. What has an order is moved by its handle too; the buttons beside it do the same.
  let held = null, origin = null;
  const drop = () => { held?.classList.remove("held"); held = null; };
  document.addEventListener("pointerdown", (event) => {
    const grip = event.button === 0 && event.target.closest(".grip");
    if (!grip) return;
    event.preventDefault();
    held = grip.closest("li");
    origin = held.nextElementSibling;
    held.classList.add("held");
    held.parentElement.setPointerCapture(event.pointerId);
  });
  document.addEventListener("pointermove", (event) => {
    const over = held && document.elementFromPoint(event.clientX, event.clientY)?.closest("li");
    if (!over || over === held || over.parentElement !== held.parentElement) return;
    const { top, height } = over.getBoundingClientRect();
    over[event.clientY < top + height / 2 ? "before" : "after"](held);
  });
  document.addEventListener("pointerup", () => {
    if (!held) return;
    const { moved, before } = held.closest("form").elements;
    const form = held.closest("form"), next = held.nextElementSibling;
    moved.value = held.dataset.id;
    before.value = next?.dataset.id ?? "";
    drop();
    if (next !== origin) form.requestSubmit();
  });
  const back = () => { if (held) { held.parentElement.insertBefore(held, origin); drop(); } };
  document.addEventListener("pointercancel", back);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") back(); });

  // 6. The print button.
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) print();
  });

  // 7. A card that is dropped in another column is moved by its own form, as its button does.
  let dragged = null;
  const columnOf = (event) => dragged && event.target.closest?.("[data-column]");
  const over = (column) => {
    for (const each of document.querySelectorAll(".column.over")) each.classList.remove("over");
    column?.classList.add("over");
  };
  document.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-card]") ?? null;
    if (dragged) event.dataTransfer.setData("text/plain", one("a", dragged)?.textContent ?? "");
  });
  document.addEventListener("dragover", (event) => {
    const column = columnOf(event);
    if (column) { event.preventDefault(); over(column); }
  });
  document.addEventListener("dragend", () => { dragged = null; over(null); });
  document.addEventListener("drop", (event) => {
    const column = columnOf(event), form = dragged && one("form", dragged);
    over(null);
    if (!column || !form) return;
    event.preventDefault();
    if (column.contains(dragged)) return;
    one("select", form).value = column.dataset.column;
    form.requestSubmit();
  });
})();
