/* scan_typed [-f FONT]... PID|FILE|DIRECTORY WORD...
 *
 * Looks for six characters in a row of any of the words: as bytes, as UTF-16 and UTF-32 (also where
 * each character stands in a struct of its own, up to 512 bytes long), and as the glyph numbers
 * that the fonts give them, wherever those are shaped or laid out. Of a process it reads all
 * mappings that can be written; of a directory all files in it. Says on each line what was found
 * where, and answers 1 when something was, 0 when nothing was, 2 when it could not look. */
#include <dirent.h>
#include <fcntl.h>
#include <ft2build.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include FT_FREETYPE_H

#define FOUND_BY 6
#define NEEDLES_MAX 512
#define STRIDE_MAX 512
#define CHUNK_BYTES ((size_t)16 << 20)
#define OVERLAP_BYTES ((size_t)FOUND_BY * STRIDE_MAX)

enum form { TEXT, GLYPHS };

/* Six characters of a word, as numbers. */
struct needle {
	const char *word;
	enum form form;
	uint32_t numbers[FOUND_BY];
};

static struct needle needles[NEEDLES_MAX];
static size_t needle_count;
static bool starts[65536]; /* numbers with which some needle begins */
static int64_t bytes_read, places_found;

static _Noreturn void give_up(const char *what)
{
	perror(what);
	exit(2);
}

static void add_needles(const char *word, FT_Face face)
{
	size_t len = strlen(word);
	for (size_t at = 0; at + FOUND_BY <= len; at++) {
		struct needle *n = &needles[needle_count++];
		if (needle_count == NEEDLES_MAX)
			give_up("too many words");
		*n = (struct needle){.word = word, .form = face ? GLYPHS : TEXT};
		for (size_t i = 0; i < FOUND_BY; i++) {
			uint32_t letter = (unsigned char)word[at + i];
			n->numbers[i] = face ? FT_Get_Char_Index(face, letter) : letter;
		}
		starts[n->numbers[0] & 0xffff] = true;
	}
}

static void found(const struct needle *n, const char *how, const char *where, uint64_t at)
{
	printf("%s: %s as %s at %s + %llx\n", n->word, n->form == TEXT ? "text" : "glyphs", how,
		where, (unsigned long long)at);
	places_found++;
}

static bool bytes_match(const struct needle *n, const unsigned char *at)
{
	for (size_t i = 0; i < FOUND_BY; i++)
		if (at[i] != n->numbers[i])
			return false;
	return true;
}

static bool shorts_match(const struct needle *n, const unsigned char *at)
{
	for (size_t i = 0; i < FOUND_BY; i++)
		if ((at[2 * i] | at[2 * i + 1] << 8) != (int)n->numbers[i])
			return false;
	return true;
}

static bool longs_match(const struct needle *n, const unsigned char *at, size_t stride)
{
	for (size_t i = 0; i < FOUND_BY; i++) {
		uint32_t number;
		memcpy(&number, at + i * stride, sizeof(number));
		if (number != n->numbers[i])
			return false;
	}
	return true;
}

static void look_at(
	const unsigned char *at, size_t left, bool aligned, const char *where, uint64_t address)
{
	uint32_t number = 0;
	memcpy(&number, at, left < 4 ? left : 4);
	bool longs = aligned && number < 65536 && starts[number];
	if (!starts[number & 0xff] && !starts[number & 0xffff])
		return;
	for (size_t n = 0; n < needle_count; n++) {
		const struct needle *needle = &needles[n];
		if (needle->form == TEXT && left >= FOUND_BY && bytes_match(needle, at))
			found(needle, "bytes", where, address);
		if (left >= 2 * FOUND_BY && shorts_match(needle, at))
			found(needle, "16-bit numbers", where, address);
		for (size_t stride = 4; longs && stride <= STRIDE_MAX; stride += 4) {
			if (needle->numbers[0] != number || left < (FOUND_BY - 1) * stride + 4)
				break;
			if (longs_match(needle, at, stride)) {
				char how[48];
				snprintf(how, sizeof(how), "32-bit numbers, one in %zu bytes",
					stride);
				found(needle, how, where, address);
			}
		}
	}
}

/* What begins in the overlap is looked at with the next chunk, whole. */
static void look_through(int file, uint64_t from, uint64_t to, const char *where)
{
	static unsigned char chunk[CHUNK_BYTES + OVERLAP_BYTES];
	for (uint64_t at = from; at < to; at += CHUNK_BYTES) {
		size_t want = to - at < sizeof(chunk) ? (size_t)(to - at) : sizeof(chunk);
		ssize_t got = pread(file, chunk, want, (off_t)at);
		if (got <= 0)
			return; /* a device's memory, which cannot be read */
		size_t count = (size_t)got;
		bytes_read += got;
		for (size_t i = 0; i < count && i < CHUNK_BYTES; i++)
			look_at(chunk + i, count - i, (at + i) % 4 == 0, where, at + i - from);
	}
}

static void look_in_process(const char *pid)
{
	char path[64], line[4096];
	snprintf(path, sizeof(path), "/proc/%s/mem", pid);
	int memory = open(path, O_RDONLY);
	snprintf(path, sizeof(path), "/proc/%s/maps", pid);
	FILE *maps = fopen(path, "r");
	if (memory < 0 || !maps)
		give_up(path);
	while (fgets(line, sizeof(line), maps)) {
		unsigned long from, to;
		char rights[5];
		int name = 0;
		if (sscanf(line, "%lx-%lx %4s %*s %*s %*s %n", &from, &to, rights, &name) != 3)
			give_up(line);
		line[strcspn(line, "\n")] = '\0';
		if (rights[0] == 'r' && rights[1] == 'w')
			look_through(memory, from, to, line[name] ? line + name : "a block");
	}
	fclose(maps);
	close(memory);
}

static void look_in_file(const char *path)
{
	struct stat about;
	int file = open(path, O_RDONLY);
	if (file < 0 || fstat(file, &about) != 0)
		give_up(path);
	look_through(file, 0, (uint64_t)about.st_size, path);
	close(file);
}

static void look_in_directory(const char *path)
{
	DIR *directory = opendir(path);
	if (!directory)
		give_up(path);
	struct dirent *entry;
	while ((entry = readdir(directory))) {
		char inside[PATH_MAX];
		snprintf(inside, sizeof(inside), "%s/%s", path, entry->d_name);
		if (entry->d_type == DT_REG)
			look_in_file(inside);
		else if (entry->d_type == DT_DIR && entry->d_name[0] != '.')
			look_in_directory(inside);
	}
	closedir(directory);
}

int main(int argc, char **argv)
{
	FT_Library library;
	FT_Face faces[8];
	size_t face_count = 0;
	int option;
	if (FT_Init_FreeType(&library))
		give_up("FreeType");
	while ((option = getopt(argc, argv, "f:")) == 'f')
		if (face_count == 8 || FT_New_Face(library, optarg, 0, &faces[face_count++]))
			give_up(optarg);
	if (option != -1 || optind + 2 > argc) {
		fprintf(stderr, "scan_typed [-f FONT]... PID|FILE|DIRECTORY WORD...\n");
		return 2;
	}
	const char *target = argv[optind];
	for (int i = optind + 1; i < argc; i++) {
		add_needles(argv[i], NULL);
		for (size_t f = 0; f < face_count; f++)
			add_needles(argv[i], faces[f]);
	}
	struct stat about;
	if (stat(target, &about) != 0)
		look_in_process(target);
	else if (S_ISDIR(about.st_mode))
		look_in_directory(target);
	else
		look_in_file(target);
	FT_Done_FreeType(library);
	fprintf(stderr, "%lld bytes, %lld places\n", (long long)bytes_read,
		(long long)places_found);
	return places_found ? 1 : bytes_read ? 0 : 2;
}
