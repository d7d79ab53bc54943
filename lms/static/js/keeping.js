// The place on this device; `write` answers whether it holds what it was given.
export function place(key) {
  return {
    read() {
      try { return JSON.parse(localStorage.getItem(key)) || {}; } catch { return {}; }
    },
    write(choices) {
      try {
        if (Object.keys(choices).length) localStorage.setItem(key, JSON.stringify(choices));
        else localStorage.removeItem(key);
        return true;
      } catch { return false; }
    },
  };
}

// Sends the form: "saved"; "asks" where the server answers with a page; "away" where nothing of
// ours came back.
export async function sent(form) {
  try {
    const answer = await fetch(form.action, {
      method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual",
    });
    if (answer.type === "opaqueredirect") return "saved";
    return answer.status >= 500 || answer.status === 429 ? "away" : "asks";
  } catch { return "away"; }
}
