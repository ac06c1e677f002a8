/* BLAKE2b (RFC 7693) through libsodium, whole or in pieces. */
#pragma once
#include "base/str.h"

#include <stdalign.h>
#include <stddef.h>
#include <stdint.h>

#define HASH_BYTES 32

struct hash {
	uint8_t bytes[HASH_BYTES];
};

/* A hash being made. Lives on the stack; holds what libsodium keeps. */
struct hasher {
	alignas(64) unsigned char state[384];
};

/* The key separates one use from another, and makes the hash secret when it is: 0 to 64 bytes. */
void hash_start(struct hasher *hasher, struct str key);
void hash_add(struct hasher *hasher, const void *bytes, size_t count);
/* As 8 bytes, least significant first. */
void hash_add_u64(struct hasher *hasher, uint64_t number);
struct hash hash_finish(struct hasher *hasher);

struct hash hash_of(struct str key, const void *bytes, size_t count);
