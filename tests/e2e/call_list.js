/* Drives the page of tests/kiosk/stick_test: see call_list_test.sh. Pictures and the printed list
 * stay in the folder that is given. */
"use strict";
const assert = require("assert");
const fs = require("fs");
const path = require("path");
const {chromium} = require("playwright-core");

const PEOPLE = 40;
const NEIGHBOURS = 2;
const WITHOUT_NUMBER = 4;
const folder = path.resolve(process.argv[2]);
const in_folder = (name) => path.join(folder, name);

async function open_page(browser) {
	const name = fs.readdirSync(in_folder("stick")).find((file) => file.endsWith(".html"));
	const context = await browser.newContext({viewport: {width: 1280, height: 800}});
	await context.setOffline(true);
	const page = await context.newPage();
	const faults = [];
	page.on("request", (request) => {
		if (!/^(file|data|blob):/.test(request.url()))
			faults.push("asked for " + request.url());
	});
	page.on("pageerror", (error) => faults.push(String(error)));
	page.on("console", (message) => {
		if (message.type() === "error")
			faults.push(message.text());
	});
	await page.goto("file://" + in_folder("stick/" + name));
	return {page, faults};
}

async function try_to_open(page, file, passphrase) {
	if (file)
		await page.setInputFiles("#key", file);
	await page.fill("#passphrase", passphrase);
	await page.click("#go");
	await page.waitForFunction(() => document.getElementById("go").disabled === false &&
		(document.getElementById("wrong").textContent !== "" ||
			!document.getElementById("list").hidden), null, {timeout: 120000});
	return page.textContent("#wrong");
}

async function refuses(page, passphrase) {
	fs.writeFileSync(in_folder("holiday.txt"), "Dit is een brief.\n");
	assert.match(await try_to_open(page, null, passphrase), /Kies eerst het sleutelbestand/);
	assert.match(await try_to_open(page, in_folder("holiday.txt"), passphrase),
		/geen sleutelbestand/);
	assert.match(await try_to_open(page, in_folder("buurtbord-keys.secret"), "een andere zin"),
		/wachtzin past niet/);
	await page.screenshot({path: in_folder("refused.png")});
	assert.match(await try_to_open(page, in_folder("other.secret"), passphrase),
		/sleutel past niet bij deze lijst/);
	assert.strictEqual(await page.locator("#days li").count(), 0);
}

async function shows_everybody(page) {
	assert.strictEqual(await page.locator("#days li").count(),
		PEOPLE + NEIGHBOURS);
	const names = await page.locator("#days .name").allTextContents();
	for (let i = 0; i < PEOPLE; i++)
		assert.ok(names.some((name) => name.endsWith(" " + i)), "nobody has number " + i);
	assert.ok(names.includes("<b>Henk</b> 5"));
	const links = await page.locator('#days a[href^="tel:0612345"]').count();
	assert.strictEqual(links, PEOPLE - WITHOUT_NUMBER);
	assert.match(await page.textContent("#days h2"), /december 2026/);
	assert.match(await page.textContent("#count"), /0 van de 42 gebeld/);
	assert.strictEqual(await page.textContent("#unopened"), "");
}

/* Wishes come last: what for, a number, the day on which it was asked, and no name. */
async function shows_wishes(page) {
	assert.match(await page.locator("#days h2").last().textContent(), /Ik zoek/);
	const titles = await page.locator("#days h3").allTextContents();
	assert.deepStrictEqual(titles.slice(-2), ["Ik zoek: samen eten", "Ik zoek: wandelen"]);
	const last = page.locator("#days li").last();
	assert.strictEqual(await last.locator(".name").textContent(), "Een buur");
	assert.strictEqual(await last.locator("a").textContent(), "0698765401");
	assert.match(await last.locator(".about").textContent(),
		/^Gevraagd op dinsdag 1 december 2026\.$/);
}

async function ticks(page) {
	await page.focus("#days input");
	await page.keyboard.press("Space");
	await page.locator("#days label").nth(1).click();
	assert.match(await page.textContent("#count"), /2 van de 42 gebeld/);
	assert.strictEqual(await page.locator("li.done").count(), 2);
}

async function forgets(page) {
	await page.click("#close");
	await page.waitForSelector("#open");
	assert.strictEqual(await page.inputValue("#passphrase"), "");
	assert.strictEqual(await page.locator("#days li").count(), 0);
	const stored = await page.evaluate(() => document.cookie.length);
	assert.strictEqual(stored, 0);
}

/* The policy must hold whoever writes into the page. */
async function is_shut(page, faults) {
	const before = faults.length;
	const ran = await page.evaluate(async () => {
		const script = document.createElement("script");
		script.textContent = "window.broken = true";
		document.body.appendChild(script);
		const sent = await fetch("https://buurt.example/").then(() => true, () => false);
		return window.broken === true || sent;
	});
	assert.strictEqual(ran, false);
	assert.ok(faults.slice(before).some((fault) => /Content Security Policy/.test(fault)));
}

async function main() {
	const passphrase = fs.readFileSync(in_folder("passphrase"), "utf8");
	const browser = await chromium.launch(
		{executablePath: process.env.CHROMIUM, args: ["--no-sandbox"]});
	try {
		const {page, faults} = await open_page(browser);
		await page.screenshot({path: in_folder("locked.png")});
		await refuses(page, passphrase);
		assert.strictEqual(
			await try_to_open(page, in_folder("buurtbord-keys.secret"), passphrase), "");
		await shows_everybody(page);
		await shows_wishes(page);
		await ticks(page);
		await page.screenshot({path: in_folder("list.png")});
		await page.setViewportSize({width: 390, height: 800});
		await page.screenshot({path: in_folder("list-narrow.png")});
		await page.pdf({path: in_folder("list.pdf"), format: "A4"});
		assert.deepStrictEqual(faults, []);
		await forgets(page);
		await is_shut(page, faults);
	} finally {
		await browser.close();
	}
}

main().catch((error) => {
	console.error(error);
	process.exit(1);
});
