/* The words that samples are made of: Dutch at level B1, about nobody who exists. */
#pragma once

/* One kind of thing that happens in a neighbourhood. Texts fit the lengths of the format with a
 * street name added to the name. */
struct sample_kind {
	const char *name, *tagline, *summary;
	const char *description[2];
	const char *icon, *layer, *themes, *room; /* themes split by '|' */
	const char *mode; /* of registration */
	int minutes;
	const char *bring, *asks, *offers;
	const char *picture, *picture_alt;
};

extern const struct sample_kind sample_kinds[];
extern const char *const sample_first_names[],
	*const sample_street_stems[],
		*const sample_street_ends[],
			*const sample_roles[],
				*const sample_promises[],
					*const sample_abouts[],
						*const sample_reasons[],
							*const sample_whys[],
								*const sample_transports[],
									*const sample_companions[],
										*const sample_stays[],
											*const sample_steps[],
												*const sample_specialists
													[];
/* The taxonomies of the format as JSON. */
extern const char sample_taxonomies[];
