/* Opens the sign-ups that travel inside this page with the organisation's key file and passphrase,
 * and shows who to call. Nothing is fetched, sent or stored: the page's policy forbids all three,
 * and what is opened is gone when the window closes.
 *
 * The key file is a text that app/crypto/keys.c describes: Argon2id makes a key of the passphrase,
 * which opens a box with one secret key for each of 24 months. Nothing in the box of a sign-up says
 * which month it is of, so each key is tried. */
"use strict";
(function () {
	const FILE_LIMIT_BYTES = 8192;
	const MONTHS = 24;
	const ID_BYTES = 8;
	const MOST_PASSES = 10;
	const MOST_KIB = 131072;
	const WRONG_FILE = "Dit is geen sleutelbestand. Kies het bestand buurtbord-keys.secret.";
	const WRONG_PASSPHRASE = "Deze wachtzin past niet bij dit sleutelbestand. Probeer het nog eens.";
	const OTHER_KEY = "Deze sleutel past niet bij deze lijst. Zoek de sleutel van dit bord.";

	const page = JSON.parse(document.getElementById("data").textContent);
	const at = (id) => document.getElementById(id);

	/* A sentence for who reads the page; anything else that is thrown is a bug. */
	class Refusal extends Error {}

	/* --- the key file ------------------------------------------------------------------------ */

	/* "word value" of the next line, or a refusal. */
	function take(lines, word) {
		const line = (lines.shift() || "").trim();
		if (!line.startsWith(word + " "))
			throw new Refusal(WRONG_FILE);
		return line.slice(word.length + 1).trim();
	}

	function from_hex(text, count) {
		if (text.length !== count * 2 || !/^[0-9a-f]*$/i.test(text))
			throw new Refusal(WRONG_FILE);
		return sodium.from_hex(text);
	}

	function read_key_file(text) {
		const lines = text.split("\n");
		if (take(lines, "buurtbord-secret-keys") !== "1")
			throw new Refusal(WRONG_FILE);
		const id = from_hex(take(lines, "set"), ID_BYTES);
		take(lines, "first");
		const [passes, kib, salt] = take(lines, "argon2id").split(" ");
		const file = {
			id: id,
			passes: Number(passes),
			kib: Number(kib),
			salt: from_hex(salt || "", sodium.crypto_pwhash_SALTBYTES),
			locked: from_hex(take(lines, "locked"),
				sodium.crypto_secretbox_NONCEBYTES + sodium.crypto_secretbox_MACBYTES +
					ID_BYTES + 4 + MONTHS * 32),
		};
		if (!(file.passes >= 1 && file.passes <= MOST_PASSES && file.kib >= 8 &&
			file.kib <= MOST_KIB))
			throw new Refusal(WRONG_FILE);
		return file;
	}

	function unlock(file, passphrase) {
		const key = sodium.crypto_pwhash(sodium.crypto_secretbox_KEYBYTES, passphrase, file.salt,
			file.passes, file.kib * 1024, sodium.crypto_pwhash_ALG_ARGON2ID13);
		const nonce = file.locked.slice(0, sodium.crypto_secretbox_NONCEBYTES);
		let inside;
		try {
			inside = sodium.crypto_secretbox_open_easy(
				file.locked.slice(sodium.crypto_secretbox_NONCEBYTES), nonce, key);
		} catch (wrong) {
			throw new Refusal(WRONG_PASSPHRASE);
		} finally {
			sodium.memzero(key);
		}
		const pairs = [];
		for (let i = 0; i < MONTHS; i++) {
			const secret = inside.slice(ID_BYTES + 4 + 32 * i, ID_BYTES + 4 + 32 * (i + 1));
			pairs.push({secret: secret, open: sodium.crypto_scalarmult_base(secret)});
		}
		sodium.memzero(inside);
		return pairs;
	}

	/* --- the sign-ups ------------------------------------------------------------------------ */

	function open_box(box, pairs) {
		for (const pair of pairs) {
			try {
				const plain = sodium.crypto_box_seal_open(box, pair.open, pair.secret);
				return JSON.parse(sodium.to_string(plain));
			} catch (other_month) {
				continue;
			}
		}
		return null;
	}

	function open_all(pairs) {
		const opened = [];
		for (const sign_up of page.sign_ups) {
			const box = sodium.from_base64(sign_up.box, sodium.base64_variants.ORIGINAL);
			const details = open_box(box, pairs);
			if (details)
				opened.push({sign_up: sign_up, details: details});
		}
		for (const pair of pairs)
			sodium.memzero(pair.secret);
		if (opened.length === 0 && page.sign_ups.length > 0)
			throw new Refusal(OTHER_KEY);
		return opened;
	}

	/* --- what is shown ------------------------------------------------------------------------ */

	function say_day(day) {
		const [year, month, number] = day.split("-").map(Number);
		return new Date(year, month - 1, number).toLocaleDateString("nl-NL",
			{weekday: "long", day: "numeric", month: "long", year: "numeric"});
	}

	function add(parent, tag, text, name) {
		const element = document.createElement(tag);
		if (text)
			element.textContent = text;
		if (name)
			element.className = name;
		parent.appendChild(element);
		return element;
	}

	function text_of(value) {
		return typeof value === "string" ? value : "";
	}

	function about(sign_up, details) {
		const parts = [];
		if (sign_up.asked)
			parts.push("Gevraagd op " + say_day(sign_up.asked) + ".");
		if (sign_up.party > 1)
			parts.push("Er komen " + sign_up.party + " mensen.");
		if (sign_up.place > 0)
			parts.push("Staat op de wachtlijst, plaats " + sign_up.place + ".");
		if (sign_up.companion)
			parts.push("Wil graag dat er iemand meeloopt.");
		if (text_of(details.best_time))
			parts.push("Bel liefst: " + details.best_time + ".");
		return parts.join(" ");
	}

	function count_called() {
		const boxes = document.querySelectorAll("#days input");
		const called = document.querySelectorAll("#days input:checked").length;
		at("count").textContent = boxes.length === 0 ? "Er staat niemand op de lijst."
			: called + " van de " + boxes.length + " gebeld";
	}

	function add_person(list, one) {
		const item = add(list, "li");
		const label = add(item, "label");
		const box = add(label, "input");
		box.type = "checkbox";
		const name = text_of(one.details.first_name) ||
			(one.sign_up.wish ? "Een buur" : "Zonder naam");
		add(add(label, "span", "", "name"), "bdi", name);
		const phone = text_of(one.details.phone);
		if (phone) {
			const link = add(item, "a", phone, "phone");
			link.href = "tel:" + phone.replace(/[^0-9+]/g, "");
		} else {
			add(item, "span", "Geen nummer", "phone-none");
		}
		const more = about(one.sign_up, one.details);
		if (more)
			add(item, "p", more, "about");
		box.addEventListener("change", () => {
			item.classList.toggle("done", box.checked);
			count_called();
		});
	}

	/* Above a day, or above what has none. */
	function say_group(sign_up, date) {
		if (sign_up.wish)
			return "Ik zoek: bel als het begint";
		return date ? say_day(date) : "Kennismaken: bel zo snel als je kunt";
	}

	/* By day and then by meeting; introductions, which have no day, come first, and wishes, which
	 * have time, come last. */
	function show(opened) {
		let day = null, meeting = null, list = null;
		opened.sort((a, b) => Number(a.sign_up.wish === true) - Number(b.sign_up.wish === true) ||
			a.sign_up.at.localeCompare(b.sign_up.at) ||
			a.sign_up.initiative.localeCompare(b.sign_up.initiative) ||
			a.sign_up.place - b.sign_up.place);
		for (const one of opened) {
			const [date, time] = one.sign_up.at.split("T");
			const group = say_group(one.sign_up, date);
			if (group !== day) {
				add(at("days"), "h2", group);
				day = group;
				meeting = null;
			}
			const title = (one.sign_up.initiative || "Staat niet meer op het bord") + (time ? ", " + time + " uur" : "");
			if (title !== meeting) {
				add(at("days"), "h3", title);
				list = add(at("days"), "ul");
				meeting = title;
			}
			add_person(list, one);
		}
		const closed = page.sign_ups.length - opened.length;
		at("unopened").textContent = closed === 0 ? "" : closed === 1
			? "Eén aanmelding gaat niet open met deze sleutel."
			: closed + " aanmeldingen gaan niet open met deze sleutel.";
		count_called();
		at("locked").hidden = true;
		at("list").hidden = false;
		at("list-title").focus();
	}

	/* --- the form ----------------------------------------------------------------------------- */

	function refuse(sentence, element) {
		at("wrong").textContent = sentence;
		element.focus();
	}

	async function open_list() {
		const file = at("key").files[0];
		if (!file)
			return refuse("Kies eerst het sleutelbestand.", at("key"));
		if (!at("passphrase").value)
			return refuse("Typ eerst de wachtzin.", at("passphrase"));
		at("wrong").textContent = "";
		at("go").disabled = true;
		at("busy").textContent = "Even geduld. De lijst gaat open.";
		try {
			await sodium.ready;
			const text = file.size <= FILE_LIMIT_BYTES ? await file.text() : "";
			const keys = read_key_file(text);
			await new Promise((painted) => setTimeout(painted, 50));
			const opened = open_all(unlock(keys, at("passphrase").value));
			at("open").reset();
			show(opened);
		} catch (error) {
			if (!(error instanceof Refusal))
				console.error(error);
			const sentence = error instanceof Refusal ? error.message
				: "Deze browser kan de lijst niet openen. Probeer een andere browser.";
			refuse(sentence, sentence === WRONG_PASSPHRASE ? at("passphrase") : at("key"));
		} finally {
			at("go").disabled = false;
			at("busy").textContent = "";
		}
	}

	at("venue").textContent = at("list-venue").textContent = page.venue;
	at("made").textContent = page.made ? "Gemaakt op " + say_day(page.made) + "." : "";
	at("open").addEventListener("submit", (event) => {
		event.preventDefault();
		open_list();
	});
	at("see").addEventListener("change", () => {
		at("passphrase").type = at("see").checked ? "text" : "password";
	});
	at("print").addEventListener("click", () => window.print());
	at("close").addEventListener("click", () => window.location.reload());
	at("locked").hidden = false;
}());
