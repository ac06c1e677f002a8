/* What a sample is made of. Street names are a stem and an end, and "Koffie Lindenplein" is the
 * name of an initiative; the longest of each still fit 32 characters together. */
#include "formats/sample_words.h"

#include <stddef.h>

const struct sample_kind sample_kinds[] = {
	{
		.name = "Koffie",
		.tagline = "Een kop koffie met je buren",
		.summary = "Elke keer staat de koffie klaar. Je komt binnen en praat mee. "
			   "Luisteren mag ook.",
		.description = {"We zitten aan een grote tafel. Er is altijd een plek vrij.",
			"Wie wil, helpt mee met koffie zetten."},
		.icon = "hands",
		.layer = "gemeenschappelijk",
		.themes = "ontmoeten",
		.room = "Huiskamer",
		.mode = "walk_in",
		.minutes = 120,
		.bring = "Niets.",
		.asks = "Iemand die taart bakt",
		.offers = "Een goed gesprek",
		.picture = "zuid-doet-samen.svg",
		.picture_alt = "Vijf buren zitten samen aan een tafel met koffie.",
	},
	{
		.name = "Eettafel",
		.tagline = "Samen eten voor een klein bedrag",
		.summary = "We eten samen een warme maaltijd. Je hoeft niet te koken. Alleen komen "
			   "is heel gewoon.",
		.description = {"Vrijwilligers koken met groente uit de buurt.",
			"Na het eten wassen we samen af."},
		.icon = "group",
		.layer = "gemeenschappelijk",
		.themes = "ontmoeten|burenhulp",
		.room = "Keuken",
		.mode = "sign_up",
		.minutes = 90,
		.bring = "Trek in eten.",
		.asks = "Mensen die willen koken",
		.offers = "Een warme maaltijd",
		.picture = "vrouwengroep.svg",
		.picture_alt =
			"Vier vrouwen koken samen in de keuken. Er staat een grote pan soep.",
	},
	{
		.name = "Taalcafé",
		.tagline = "Nederlands oefenen zonder boek",
		.summary = "Je oefent Nederlands door te praten. Fouten maken mag. Iedereen leert "
			   "hier.",
		.description = {"We praten over gewone dingen: de buurt, het weer, je kinderen.",
			"Er is hulp van mensen die al lang Nederlands spreken."},
		.icon = "group",
		.layer = "gemeenschappelijk",
		.themes = "taal|ontmoeten",
		.room = "Leeszaal",
		.mode = "walk_in",
		.minutes = 90,
		.bring = "Een pen, als je die hebt.",
		.asks = "Mensen die rustig praten",
		.offers = "Nederlands oefenen",
		.picture = "vrouwengroep.svg",
		.picture_alt =
			"Vier vrouwen koken samen in de keuken. Er staat een grote pan soep.",
	},
	{
		.name = "Naaiatelier",
		.tagline = "Maken en vermaken met naald en draad",
		.summary = "Je leert naaien of je maakt iets heel. Er staan machines klaar. Vragen "
			   "mag altijd.",
		.description = {"We maken kleding korter, langer of mooier.",
			"Heb je stof over? Neem het mee voor een ander."},
		.icon = "group",
		.layer = "gemeenschappelijk",
		.themes = "talent|ontmoeten",
		.room = "Werkplaats",
		.mode = "sign_up",
		.minutes = 150,
		.bring = "Je eigen naaiwerk. Of niets.",
		.asks = "Stof en knopen",
		.offers = "Hulp bij naaien",
		.picture = "vrouwengroep.svg",
		.picture_alt =
			"Vier vrouwen koken samen in de keuken. Er staat een grote pan soep.",
	},
	{
		.name = "Repaircafé",
		.tagline = "Samen maken wat kapot is",
		.summary = "Je lamp of je broek is kapot? Hier maken we het samen weer heel. Dat "
			   "kost bijna niets.",
		.description = {"Handige buren helpen je. Je doet zelf mee.",
			"Lukt het niet? Dan weet je dat ook."},
		.icon = "star",
		.layer = "gemeenschappelijk",
		.themes = "burenhulp|talent",
		.room = "Werkplaats",
		.mode = "walk_in",
		.minutes = 180,
		.bring = "Iets dat kapot is.",
		.asks = "Mensen die handig zijn",
		.offers = "Spullen die het weer doen",
		.picture = "abcd-methode.svg",
		.picture_alt = "Drie mensen hangen kaartjes op een grote kaart van de buurt.",
	},
	{
		.name = "Wandelgroep",
		.tagline = "Rustig lopen door de wijk",
		.summary = "We lopen een uur in een rustig tempo. Niemand blijft achter. Daarna is "
			   "er koffie.",
		.description = {"We lopen elke keer een andere weg.",
			"Er is onderweg een bankje om te rusten."},
		.icon = "walk",
		.layer = "gemeenschappelijk",
		.themes = "bewegen|rust",
		.room = "Hal",
		.mode = "walk_in",
		.minutes = 90,
		.bring = "Schoenen waar je goed op loopt.",
		.asks = "Iemand die een mooie route weet",
		.offers = "Gezelschap",
		.picture = "ggz-welzijn.svg",
		.picture_alt = "Vier mensen en een hond wandelen door het park in de herfst.",
	},
	{
		.name = "Stoelgym",
		.tagline = "Bewegen op en rond een stoel",
		.summary = "We bewegen op muziek, zittend en staand. Je doet mee wat bij je past.",
		.description = {"De oefeningen zijn rustig en voor iedereen.",
			"Na het bewegen drinken we samen iets."},
		.icon = "walk",
		.layer = "gemeenschappelijk",
		.themes = "bewegen",
		.room = "Grote zaal",
		.mode = "sign_up",
		.minutes = 60,
		.bring = "Kleding die lekker zit.",
		.asks = "Iemand die de muziek kiest",
		.offers = "Een soepel lijf",
		.picture = "ggz-welzijn.svg",
		.picture_alt = "Vier mensen en een hond wandelen door het park in de herfst.",
	},
	{
		.name = "Buurttuin",
		.tagline = "Samen in de aarde werken",
		.summary = "We zaaien, planten en oogsten. Er is altijd een klus die bij je past.",
		.description = {"De tuin is van iedereen. Wat groeit, delen we.",
			"In de winter maken we plannen."},
		.icon = "flower",
		.layer = "gemeenschappelijk",
		.themes = "groen|meedoen",
		.room = "Tuinhuis",
		.mode = "walk_in",
		.minutes = 150,
		.bring = "Oude kleren.",
		.asks = "Stekjes en zaadjes",
		.offers = "Groente en bloemen",
		.picture = "buurt-in-bloei.svg",
		.picture_alt = "Een vrouw, een kind en een man werken bij een plantenbak. Achter "
			       "hen staan huizen.",
	},
	{
		.name = "Huiswerkhulp",
		.tagline = "Rust en hulp bij je huiswerk",
		.summary = "Maak je huiswerk op een rustige plek. Er is iemand die uitlegt wat je "
			   "niet snapt.",
		.description = {"Studenten helpen met rekenen, taal en Engels.",
			"Eerst iets drinken, dan aan het werk."},
		.icon = "youth",
		.layer = "persoonlijk",
		.themes = "jong|opvoeden",
		.room = "Leeszaal",
		.mode = "sign_up",
		.minutes = 90,
		.bring = "Je boeken of je laptop.",
		.asks = "Studenten die uitleg geven",
		.offers = "Hulp bij school",
		.picture = "jongeren-coaching.svg",
		.picture_alt = "Vijf jongeren staan rond een tafelvoetbalspel.",
	},
	{
		.name = "Meidenclub",
		.tagline = "Een avond voor meiden",
		.summary = "Muziek, koken of gewoon praten. De meiden kiezen zelf wat we doen.",
		.description = {"Je mag een vriendin meenemen.", "Wat je vertelt, blijft hier."},
		.icon = "youth",
		.layer = "gemeenschappelijk",
		.themes = "jong|talent",
		.room = "Kelder",
		.mode = "walk_in",
		.minutes = 120,
		.bring = "Niets.",
		.asks = "Een dj voor een avond",
		.offers = "Een eigen plek",
		.picture = "jongeren-coaching.svg",
		.picture_alt = "Vijf jongeren staan rond een tafelvoetbalspel.",
	},
	{
		.name = "Voetbalpleintje",
		.tagline = "Voetballen op het plein",
		.summary = "We spelen op het plein. Wie komt, doet mee. We maken elke week nieuwe "
			   "teams.",
		.description = {"Er is een buurtsporter bij.", "Jong en oud spelen door elkaar."},
		.icon = "youth",
		.layer = "gemeenschappelijk",
		.themes = "bewegen|jong",
		.room = "Plein",
		.mode = "walk_in",
		.minutes = 90,
		.bring = "Schoenen om in te rennen.",
		.asks = "Iemand die fluit",
		.offers = "Een potje voetbal",
		.picture = "jongeren-coaching.svg",
		.picture_alt = "Vijf jongeren staan rond een tafelvoetbalspel.",
	},
	{
		.name = "Speelgroep",
		.tagline = "Spelen met kleine kinderen",
		.summary = "Je kind speelt en jij drinkt koffie met andere ouders. Zo leer je "
			   "elkaar kennen.",
		.description = {"Er is speelgoed en een zachte mat.", "Je blijft er zelf bij."},
		.icon = "home",
		.layer = "gemeenschappelijk",
		.themes = "opvoeden|ontmoeten",
		.room = "Speelzaal",
		.mode = "walk_in",
		.minutes = 120,
		.bring = "Een schone luier.",
		.asks = "Speelgoed dat heel is",
		.offers = "Andere ouders",
		.picture = "home-start.svg",
		.picture_alt = "Een moeder met een kind zit op de bank. Naast haar zit een "
			       "vrijwilliger met koffie.",
	},
	{
		.name = "Oudergesprek",
		.tagline = "Praten over opvoeden",
		.summary = "Opvoeden is soms lastig. We praten erover met andere ouders. Niemand "
			   "weet alles.",
		.description = {"Elke keer kiezen we samen een onderwerp.",
			"Er is oppas in de kamer ernaast."},
		.icon = "home",
		.layer = "gemeenschappelijk",
		.themes = "opvoeden|steun_thuis",
		.room = "Spreekkamer",
		.mode = "sign_up",
		.minutes = 90,
		.bring = "Je vragen.",
		.asks = "Ouders die meedenken",
		.offers = "Steun van andere ouders",
		.picture = "home-start.svg",
		.picture_alt = "Een moeder met een kind zit op de bank. Naast haar zit een "
			       "vrijwilliger met koffie.",
	},
	{
		.name = "Maatje thuis",
		.tagline = "Iemand die bij jou langskomt",
		.summary = "Een vrijwilliger komt elke week bij je langs. Jullie kiezen samen wat "
			   "je doet.",
		.description = {"Eerst drink je koffie met de coördinator.",
			"Daarna zoeken we iemand die bij je past."},
		.icon = "home",
		.layer = "persoonlijk",
		.themes = "steun_thuis|burenhulp",
		.room = "Spreekkamer",
		.mode = "introduction",
		.minutes = 60,
		.bring = "Niets.",
		.asks = "Mensen met een uur tijd",
		.offers = "Een vast maatje",
		.picture = "home-start.svg",
		.picture_alt = "Een moeder met een kind zit op de bank. Naast haar zit een "
			       "vrijwilliger met koffie.",
	},
	{
		.name = "Formulierenhulp",
		.tagline = "Hulp bij brieven en formulieren",
		.summary =
			"Een moeilijke brief? We lezen hem samen. Je gaat naar huis met een plan.",
		.description = {"Je krijgt hulp van een vrijwilliger.",
			"Is er meer nodig? Dan gaan we samen naar het loket."},
		.icon = "table",
		.layer = "institutioneel",
		.themes = "hulp",
		.room = "Spreekkamer",
		.mode = "introduction",
		.minutes = 60,
		.bring = "Je brief.",
		.asks = "Vrijwilligers die goed lezen",
		.offers = "Een brief die je snapt",
		.picture = "wmo-welzijn.svg",
		.picture_alt = "Drie mensen praten aan een ronde tafel met koffie. Een van hen zit "
			       "in een rolstoel.",
	},
	{
		.name = "Geldspreekuur",
		.tagline = "Rustig kijken naar je geld",
		.summary = "Heb je zorgen over geld? We zetten alles samen op een rij. Je bent "
			   "niet de enige.",
		.description = {"We kijken wat er binnenkomt en wat eruit gaat.",
			"Jij beslist wat de volgende stap is."},
		.icon = "table",
		.layer = "institutioneel",
		.themes = "hulp",
		.room = "Spreekkamer",
		.mode = "introduction",
		.minutes = 60,
		.bring = "Je post van deze maand.",
		.asks = "Mensen met verstand van geld",
		.offers = "Overzicht",
		.picture = "wmo-welzijn.svg",
		.picture_alt = "Drie mensen praten aan een ronde tafel met koffie. Een van hen zit "
			       "in een rolstoel.",
	},
	{
		.name = "Woonvragen",
		.tagline = "Samen kijken naar je huis",
		.summary = "Is je huis koud, nat of te groot? We kijken samen wat er kan.",
		.description = {"Een buurtgenoot en iemand van de verhuurder zitten aan tafel.",
			"Vaak helpt een klein ding al."},
		.icon = "table",
		.layer = "institutioneel",
		.themes = "wonen|hulp",
		.room = "Spreekkamer",
		.mode = "introduction",
		.minutes = 45,
		.bring = "Een foto van het probleem.",
		.asks = "Handige buren",
		.offers = "Een beter huis",
		.picture = "wmo-welzijn.svg",
		.picture_alt = "Drie mensen praten aan een ronde tafel met koffie. Een van hen zit "
			       "in een rolstoel.",
	},
	{
		.name = "Schilderclub",
		.tagline = "Schilderen wat je wilt",
		.summary = "We schilderen samen aan lange tafels. Je hoeft het niet te kunnen.",
		.description = {"Verf en papier liggen klaar.",
			"Twee keer per jaar hangen we alles op."},
		.icon = "star",
		.layer = "gemeenschappelijk",
		.themes = "talent|rust",
		.room = "Atelier",
		.mode = "sign_up",
		.minutes = 120,
		.bring = "Oude kleren.",
		.asks = "Lijsten en kwasten",
		.offers = "Ruimte om te maken",
		.picture = "abcd-methode.svg",
		.picture_alt = "Drie mensen hangen kaartjes op een grote kaart van de buurt.",
	},
	{
		.name = "Zangkoor",
		.tagline = "Samen zingen, zonder noten",
		.summary = "We zingen liedjes die iedereen kent. Je hoeft geen noten te lezen.",
		.description = {"We beginnen met een warming-up.",
			"In december zingen we op het plein."},
		.icon = "hands",
		.layer = "gemeenschappelijk",
		.themes = "talent|ontmoeten",
		.room = "Grote zaal",
		.mode = "walk_in",
		.minutes = 90,
		.bring = "Je stem.",
		.asks = "Iemand die gitaar speelt",
		.offers = "Een avond zingen",
		.picture = "zuid-doet-samen.svg",
		.picture_alt = "Vijf buren zitten samen aan een tafel met koffie.",
	},
	{
		.name = "Spelletjes",
		.tagline = "Kaarten, dammen en sjoelen",
		.summary = "We spelen spelletjes aan kleine tafels. Uitleg krijg je erbij.",
		.description = {"Winnen is leuk, maar niet het doel.",
			"Neem gerust je eigen spel mee."},
		.icon = "hands",
		.layer = "gemeenschappelijk",
		.themes = "ontmoeten",
		.room = "Huiskamer",
		.mode = "walk_in",
		.minutes = 120,
		.bring = "Niets.",
		.asks = "Spellen die compleet zijn",
		.offers = "Een gezellige middag",
		.picture = "zuid-doet-samen.svg",
		.picture_alt = "Vijf buren zitten samen aan een tafel met koffie.",
	},
	{
		.name = "Stiltekamer",
		.tagline = "Een uur rust in een drukke week",
		.summary = "Een rustige kamer zonder muziek. Je mag zitten, lezen of niets doen.",
		.description = {"Er is thee. Praten doen we in de hal.",
			"Je komt en gaat wanneer je wilt."},
		.icon = "walk",
		.layer = "persoonlijk",
		.themes = "rust",
		.room = "Stiltekamer",
		.mode = "walk_in",
		.minutes = 120,
		.bring = "Niets.",
		.asks = "Iemand die de deur opendoet",
		.offers = "Rust",
		.picture = "ggz-welzijn.svg",
		.picture_alt = "Vier mensen en een hond wandelen door het park in de herfst.",
	},
	{
		.name = "Digihulp",
		.tagline = "Hulp met je telefoon of computer",
		.summary = "Lukt iets niet op je telefoon? We kijken samen. Je leert het zelf te "
			   "doen.",
		.description = {"Neem je eigen telefoon mee.", "Geen vraag is te klein."},
		.icon = "star",
		.layer = "gemeenschappelijk",
		.themes = "hulp|burenhulp",
		.room = "Leeszaal",
		.mode = "walk_in",
		.minutes = 90,
		.bring = "Je telefoon.",
		.asks = "Jongeren met geduld",
		.offers = "Een telefoon die je snapt",
		.picture = "abcd-methode.svg",
		.picture_alt = "Drie mensen hangen kaartjes op een grote kaart van de buurt.",
	},
	{
		.name = "Buurtplan",
		.tagline = "Een idee voor de buurt",
		.summary = "Heb je een plan voor de straat? We maken het samen kleiner, tot je "
			   "kunt beginnen.",
		.description = {"Er is een klein budget van de buurt.",
			"De opbouwwerker helpt bij de eerste stap."},
		.icon = "star",
		.layer = "gemeenschappelijk",
		.themes = "meedoen",
		.room = "Werkplaats",
		.mode = "walk_in",
		.minutes = 90,
		.bring = "Je idee. Of niets.",
		.asks = "Mensen die willen trekken",
		.offers = "Hulp om te beginnen",
		.picture = "abcd-methode.svg",
		.picture_alt = "Drie mensen hangen kaartjes op een grote kaart van de buurt.",
	},
	{
		.name = "Mantelzorgtafel",
		.tagline = "Zorg je voor een ander?",
		.summary = "Zorg je voor je man, je moeder of je kind? Hier praat je met mensen "
			   "die dat ook doen.",
		.description = {"We luisteren eerst. Tips komen later.",
			"Er is iemand die thuis kan oppassen."},
		.icon = "table",
		.layer = "gemeenschappelijk",
		.themes = "steun_thuis|rust",
		.room = "Huiskamer",
		.mode = "sign_up",
		.minutes = 90,
		.bring = "Niets.",
		.asks = "Iemand die kan oppassen",
		.offers = "Steun",
		.picture = "wmo-welzijn.svg",
		.picture_alt = "Drie mensen praten aan een ronde tafel met koffie. Een van hen zit "
			       "in een rolstoel.",
	},
	{.name = NULL},
};

const char *const sample_first_names[] = {"Ahmed", "Aisha", "Annie", "Anton", "Bart", "Bilal",
	"Carla", "Chantal", "Daan", "Dewi", "Dirk", "Elif", "Emine", "Esther", "Farid", "Femke",
	"Frits", "Gerda", "Hanna", "Hassan", "Ilse", "Imran", "Ineke", "Jamila", "Jan", "Johan",
	"Karin", "Kees", "Khadija", "Lars", "Leyla", "Loes", "Maria", "Mehmet", "Mieke", "Mila",
	"Mohamed", "Nadia", "Nico", "Olga", "Omar", "Paula", "Peter", "Rachid", "Rob", "Rosa",
	"Sanne", "Selma", "Sjaak", "Sofia", "Tamara", "Teun", "Tineke", "Umut", "Vera", "Wim",
	"Yara", "Youssef", "Zeynep", "Zofia", NULL};

const char *const sample_street_stems[] = {"Linden", "Iepen", "Beuken", "Eiken", "Kersen", "Rozen",
	"Tulpen", "Vlier", "Wilgen", "Merel", "Zwaluw", "Molen", "Kerk", "School", "Haven", "Veld",
	"Berken", "Duif", "Hazel", "Spar", NULL};

const char *const sample_street_ends[] = {"laan", "straat", "plein", "weg", "hof", "pad", NULL};

const char *const sample_roles[] = {"Gastvrouw of gastheer", "Buurtgenoot", "Vrijwilliger",
	"Opbouwwerker", "Coördinator", "Jongerenwerker", "Ervaringsdeskundige", "Sociaal werker",
	"Buurtsporter", "Taalmaatje", NULL};

const char *const sample_promises[] = {"Ik bel je binnen twee werkdagen terug.",
	"Ik sta de eerste keer bij de deur.", "Je hoeft je verhaal maar één keer te vertellen.",
	"Ik kom als ik dat beloof.", "Je mag altijd iets vragen.",
	"Je hoort binnen een week van mij.", NULL};

const char *const sample_abouts[] = {"%s woont al lang in de buurt en kent veel mensen.",
	"%s begon zelf als bezoeker. Nu ontvangt %s nieuwe mensen.",
	"%s luistert goed en heeft geen haast.", "%s spreekt je taal, of zoekt iemand die dat kan.",
	"%s helpt je op weg en laat je daarna zelf doen.", NULL};

const char *const sample_reasons[] = {"Er is feest in de buurt.", "De zaal krijgt nieuwe verf.",
	"De begeleider is op vakantie.", "Het is markt op het plein.",
	"De verwarming wordt gemaakt.", NULL};

const char *const sample_whys[] = {"Je leert mensen kennen.", "Jij beslist mee.",
	"We weten hoe we met elkaar omgaan.", "We zien wat jij goed doet.",
	"Er is altijd iemand die luistert.", "Het is fijn om samen bezig te zijn.",
	"Je leert omgaan met jezelf en anderen.", "Je leert plannen en kiezen.",
	"Je krijgt weer zin om te leren.", "Je ontdekt wie je bent.", NULL};

const char *const sample_transports[] = {"Bus 4 stopt voor de deur.",
	"Bus 12, halte Kerkplein. Het is drie minuten lopen.",
	"De buurtbus haalt je thuis op. Vraag het aan de balie.",
	"Er is plek voor je fiets en voor een scootmobiel.", NULL};

const char *const sample_companions[] = {"Iemand kan je thuis ophalen.",
	"Je mag een vriend of buur meenemen.", "We kunnen de eerste keer samen naar binnen lopen.",
	"Bel even, dan staat er iemand bij de deur.", NULL};

const char *const sample_stays[] = {"Je mag eerder weggaan.", "Tien minuten is ook goed.",
	"Zo lang als je wilt.", "Je mag blijven tot het eind.", NULL};

const char *const sample_steps[] = {"Loop naar binnen. De deur is open.",
	"Je krijgt eerst koffie of thee.", "Je gaat zitten waar je wilt.",
	"Je kijkt eerst rustig rond.", "Niemand hoeft zich voor te stellen.",
	"Aan het eind vragen we hoe het was.", "Je hoeft niets te vertellen.",
	"Je doet mee als je dat wilt.", NULL};

const char *const sample_specialists[] = {"Wijkverpleegkundige", "Sociaal werker", "Wmo-consulent",
	"Jeugdverpleegkundige", "Fysiotherapeut", NULL};

const char sample_taxonomies[] =
	"{\"layer\":[{\"code\":\"persoonlijk\",\"label\":\"Dicht bij mij\",\"help\":\"Steun"
	" voor jou en je familie.\"},{\"code\":\"gemeenschappelijk\",\"label\":\"Samen\",\""
	"help\":\"Groepen, clubs en buren.\"},{\"code\":\"institutioneel\",\"label\":\"Plek"
	"ken en hulp\",\"help\":\"Gebouwen, loketten en organisaties.\"}],\"environment\":["
	"{\"code\":\"fysiek\",\"label\":\"Op een plek\"},{\"code\":\"online\",\"label\":\"O"
	"nline\"}],\"protective_factor\":[{\"code\":\"1\",\"label\":\"Sociale binding\",\"p"
	"lain\":\"Erbij horen\"},{\"code\":\"2\",\"label\":\"Kansen voor betrokkenheid\",\""
	"plain\":\"Mogen meedoen\"},{\"code\":\"3\",\"label\":\"Prosociale normen\",\"plain"
	"\":\"Weten hoe we met elkaar omgaan\"},{\"code\":\"4\",\"label\":\"Erkenning en wa"
	"ardering voor positief gedrag\",\"plain\":\"Gezien worden om wat je goed doet\"},{"
	"\"code\":\"5\",\"label\":\"Steun van belangrijke volwassenen in de omgeving\",\"pl"
	"ain\":\"Iemand die er voor je is\"},{\"code\":\"6\",\"label\":\"Constructieve vrij"
	"etijdsbesteding\",\"plain\":\"Fijne dingen doen\"},{\"code\":\"7\",\"label\":\"Com"
	"petenties (sociaal, emotioneel, gedragsmatig)\",\"plain\":\"Leren omgaan met jezel"
	"f en anderen\"},{\"code\":\"8\",\"label\":\"Cognitieve vaardigheden\",\"plain\":\""
	"Leren denken en kiezen\"},{\"code\":\"9\",\"label\":\"Schoolmotivatie\",\"plain\":"
	"\"Zin in school en leren\"},{\"code\":\"10\",\"label\":\"Positieve identiteit\",\""
	"plain\":\"Trots op wie je bent\"}],\"normalising\":[{\"code\":\"brede_blik\",\"lab"
	"el\":\"Brede blik op normaal gedrag\"},{\"code\":\"prestatiedruk\",\"label\":\"Teg"
	"engaan prestatiedruk\"},{\"code\":\"gemeenschappelijke_opgave\",\"label\":\"Opvoed"
	"en als een gemeenschappelijke opgave\"},{\"code\":\"geen_diagnose\",\"label\":\"Te"
	"gengaan (onnodige) diagnosticering\"},{\"code\":\"pedagogische_basis\",\"label\":"
	"\"Versterk het normale leven, richt je op de pedagogische basis\"},{\"code\":\"dra"
	"agkracht\",\"label\":\"Balans in draagkracht en belastbaarheid\"},{\"code\":\"hobb"
	"elig_pad\",\"label\":\"Opgroeien en opvoeden als een hobbelig pad zien\"},{\"code"
	"\":\"thuisnabij\",\"label\":\"Hulp zo thuisnabij en kort als nodig\"},{\"code\":\""
	"recht_om_te_falen\",\"label\":\"Het recht om te falen\"},{\"code\":\"perspectieven"
	"\",\"label\":\"Werk vanuit verschillende perspectieven\"}],\"collectivising_form\""
	":[{\"code\":\"1\",\"label\":\"Vragen van één persoon verbinden tot iets voor een g"
	"roep\"},{\"code\":\"2\",\"label\":\"Aansluiten bij wat er al is in de wijk\"},{\"c"
	"ode\":\"3\",\"label\":\"Een vraag aan het systeem of de samenleving\"}],\"working_"
	"element\":[{\"code\":\"relation\",\"label\":\"Relatie\",\"prompt\":\"Wie hebben we"
	" deze maand echt gesproken? Wat beloofden we? Deden we dat ook?\"},{\"code\":\"vis"
	"ion\",\"label\":\"Gezamenlijke visie\",\"prompt\":\"Waar willen we samen heen? Is "
	"dat nog hetzelfde?\"},{\"code\":\"variety\",\"label\":\"Variëteit\",\"prompt\":\"W"
	"ie komt er nog niet? Wie ontmoette iemand anders dan anders?\"},{\"code\":\"time_r"
	"eflection\",\"label\":\"Tijd en reflectie\",\"prompt\":\"Wat heeft meer tijd nodig"
	"? Wie keek kritisch mee?\"},{\"code\":\"conditions_skills\",\"label\":\"Randvoorwa"
	"arden en vaardigheden\",\"prompt\":\"Wat missen we: ruimte, geld, mensen, kennis?"
	"\"}],\"asset_type\":[{\"code\":\"mensen\",\"label\":\"Talenten van mensen\"},{\"co"
	"de\":\"activiteiten\",\"label\":\"Activiteiten\"},{\"code\":\"spullen\",\"label\":"
	"\"Spullen\"},{\"code\":\"locaties\",\"label\":\"Plekken binnen\"},{\"code\":\"orga"
	"nisaties\",\"label\":\"Organisaties\"},{\"code\":\"openbare_ruimte\",\"label\":\"P"
	"lekken buiten\"}],\"theme\":[{\"code\":\"ontmoeten\",\"label\":\"Mensen ontmoeten"
	"\"},{\"code\":\"burenhulp\",\"label\":\"Burenhulp\"},{\"code\":\"taal\",\"label\":"
	"\"Taal oefenen\"},{\"code\":\"opvoeden\",\"label\":\"Kinderen en opvoeden\"},{\"co"
	"de\":\"talent\",\"label\":\"Talent\"},{\"code\":\"meedoen\",\"label\":\"Meedoen in"
	" de buurt\"},{\"code\":\"steun_thuis\",\"label\":\"Steun voor jou\"},{\"code\":\"j"
	"ong\",\"label\":\"Voor jongeren\"},{\"code\":\"hulp\",\"label\":\"Hulp en advies\""
	"},{\"code\":\"wonen\",\"label\":\"Wonen\"},{\"code\":\"bewegen\",\"label\":\"Beweg"
	"en\"},{\"code\":\"rust\",\"label\":\"Rust\"},{\"code\":\"groen\",\"label\":\"Groen"
	" en buiten\"}]}";
