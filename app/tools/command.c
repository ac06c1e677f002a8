/* What commands have in common. */
#include "tools/command.h"

#include <stdio.h>
#include <string.h>

const struct command commands[] = {
	{"import", "import [--format F] FILE", "brings a catalogue in: what differs becomes ops",
		command_import},
	{"export", "export [--format F] FILE", "writes the catalogue to a file", command_export},
	{"check", "check [--format F] FILE", "names every fault of a file with its place",
		command_check},
	{"rebuild", "rebuild", "folds the whole log again and prints the state", command_rebuild},
	{"state", "state", "prints the state of the living tables", command_state},
	{"sample", "sample --initiatives N FILE", "writes a made-up catalogue of N initiatives",
		command_sample},
	{"occurrences", "occurrences --from DATE --to DATE", "lists what is on, both days included",
		command_occurrences},
	{"keys", "keys create DIR | keys show [FILE] | keys destroy MONTH FILE",
		"makes the organisation's keys, shows what is in use, or destroys an old month's",
		command_keys},
	{"registrations", "registrations open FILE",
		"ends the practice mode: sign-ups are sealed to these keys", command_registrations},
	{"pin", "pin reset", "forgets the PIN of the host: the board asks for a new one",
		command_pin},
	{"hub", "hub create --name NAME [--address URL] | hub restored | hub resume",
		"makes this the hub of an organisation; says that it was put back from a backup; "
		"or "
		"that it waits for nobody any more",
		command_hub},
	{"enrol", "enrol invite DIR --name NAME [--place ID] [--days N] | enrol accept DIR",
		"on a stick: the hub invites a kiosk, the kiosk accepts", command_enrol},
	{"bundle", "bundle exchange DIR | bundle sync [--address URL]",
		"takes in and hands over what is new: by a stick, or by the hub's address",
		command_bundle},
	{"devices", "devices | devices revoke DEVICE [--after EPOCH:SEQ] | devices trust DEVICE",
		"what waits and what staff must know; strikes a device off, or believes it again",
		command_devices},
	{"erase", "erase CODE|ID",
		"destroys a name and number for good, here and wherever they have travelled",
		command_erase},
};
const int command_count = sizeof(commands) / sizeof(commands[0]);

int command_refused(const char *what, const struct error *err)
{
	fprintf(stderr, "buurtctl: %s: %s\n", what, err->message);
	return COMMAND_REFUSED;
}

int command_misused(const char *command, const char *message)
{
	fprintf(stderr, "buurtctl %s: %s (see --help)\n", command, message);
	return COMMAND_USAGE;
}

const char *command_option(struct command_context *context, const char *name)
{
	for (int i = 0; i < context->argument_count; i++) {
		if (strcmp(context->arguments[i], name) != 0)
			continue;
		bool has_value = i + 1 < context->argument_count;
		const char *value = has_value ? context->arguments[i + 1] : "";
		int taken = has_value ? 2 : 1;
		for (int j = i; j + taken < context->argument_count; j++)
			context->arguments[j] = context->arguments[j + taken];
		context->argument_count -= taken;
		return value;
	}
	return NULL;
}
