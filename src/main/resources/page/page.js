// Keeps a page fresh while somebody looks: fetches it again and swaps the parts that changed. Pages work without it.
"use strict";
(() => {
    const seconds = Number(document.body.dataset.refresh);
    if (!seconds) {
        return;
    }
    const focusedLink = () => document.activeElement && document.activeElement.getAttribute("href");

    const busy = part => {
        const selection = document.getSelection();
        return selection && !selection.isCollapsed && part.contains(selection.anchorNode);
    };

    const swap = fresh => {
        const link = focusedLink();
        for (const part of document.querySelectorAll("[data-live]")) {
            const other = fresh.querySelector(`[data-live="${part.dataset.live}"]`);
            if (!other || busy(part) || part.innerHTML === other.innerHTML && part.className === other.className) {
                continue;
            }
            const focused = part.contains(document.activeElement);
            for (const details of part.querySelectorAll("details[open]")) {
                const again = other.querySelector(`#${details.id}`);
                if (again) {
                    again.open = true;
                }
            }
            part.className = other.className;
            part.replaceChildren(...other.childNodes);
            if (focused && link) {
                const again = [...part.querySelectorAll("a")].find(a => a.getAttribute("href") === link);
                if (again) {
                    again.focus({preventScroll: true});
                }
            }
        }
        document.title = fresh.title;
    };

    const note = text => {
        const live = document.getElementById("live");
        if (live) {
            live.textContent = text;
        }
    };

    const refresh = async () => {
        if (document.hidden) {
            return;
        }
        try {
            const address = new URL(location.href);
            ["done", "changed", "left"].forEach(name => address.searchParams.delete(name));
            const answer = await fetch(address, {cache: "no-store", credentials: "same-origin"});
            if (answer.redirected) {
                location.reload();
                return;
            }
            if (answer.ok) {
                swap(new DOMParser().parseFromString(await answer.text(), "text/html"));
                note(`Refreshed every ${seconds} s while you look.`);
            } else {
                note(`The last refresh failed with status ${answer.status}.`);
            }
        } catch (unreachable) {
            note("Threadpost does not answer; what you see is old.");
        }
    };

    let timer = setInterval(refresh, seconds * 1000);
    document.addEventListener("visibilitychange", () => {
        clearInterval(timer);
        if (!document.hidden) {
            refresh();
            timer = setInterval(refresh, seconds * 1000);
        }
    });
})();
