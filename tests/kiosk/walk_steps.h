/* What a walk does next: luck from a seed, and the inputs that make up one event. */
#pragma once
#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "platform/platform.h"

#define STEPS_MAX 64
#define TOUCH_MS 50

/* Becomes due so long after the one before. */
struct step {
	int64_t after_ms;
	struct input input;
};

static struct {
	uint64_t luck;
	struct step items[STEPS_MAX];
	size_t count, next;
} steps;

/* SplitMix64. */
static inline uint64_t draw_number(void)
{
	uint64_t z = steps.luck += 0x9e3779b97f4a7c15u;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

static inline int below(int limit)
{
	return limit > 0 ? (int)(draw_number() % (uint64_t)limit) : 0;
}

static inline bool once_in(int times)
{
	return below(times) == 0;
}

static inline void add(int64_t after_ms, struct input input)
{
	assert(steps.count < STEPS_MAX);
	steps.items[steps.count++] = (struct step){after_ms, input};
}

static inline void touch(enum input_kind kind, int64_t after_ms, int x, int y)
{
	add(after_ms, (struct input){.kind = kind, .x = x, .y = y});
}

static inline void tap(int x, int y, int64_t held_ms)
{
	touch(INPUT_TOUCH_DOWN, 0, x, y);
	touch(INPUT_TOUCH_UP, held_ms, x, y);
}

static inline void press_key(const char *name)
{
	add(0, (struct input){.kind = INPUT_KEY, .text = str_from(name)});
}

/* Borrowed until the event is over. */
static inline void type_text(const char *text)
{
	add(0, (struct input){.kind = INPUT_TEXT, .text = str_from(text)});
}
