/* Databases that a repair put aside (repair.h): they stay for who wants to look for more by hand,
 * but sealed details must not stay in them longer than anywhere else. */
#pragma once
#include "store/store.h"

/* Overwrites in every such file of the directory, and in the WAL beside it, the boxes that the list
 * of erasures names and those whose time has come; by a clock that is sure. */
bool store_expire_damaged(struct store *store, const char *directory, struct error *err);
