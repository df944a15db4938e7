/* Makes a record-level file to measure with: the same bytes for the same seed, on every machine.
 *
 *   cc -O2 generate.c -o generate
 *   ./generate ROWS SEED [quoted] >FILE
 *
 * 13 columns: id, province, year, quarter, area, age, two flags, three integers, a weight with four decimals, the
 * name of an operator. 15,000,000 rows are about 1 GB. `quoted` puts every field in quotes and, in one record of a
 * hundred, a comma, a doubled quote or a line break into the operator's. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t state;

/* SplitMix64. */
static uint64_t next(void) {
    uint64_t mixed = state += UINT64_C(0x9E3779B97F4A7C15);
    mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94D049BB133111EB);
    return mixed ^ (mixed >> 31);
}

static uint32_t below(uint32_t count) { return (uint32_t)(((next() >> 32) * count) >> 32); }

static char buffer[1 << 20];
static size_t used;

static void put(const char *text, int quoted) {
    if (quoted) buffer[used++] = '"';
    size_t count = strlen(text);
    memcpy(buffer + used, text, count);
    used += count;
    if (quoted) buffer[used++] = '"';
}

static void put_number(uint64_t number, int quoted) {
    char text[24];
    char *at = text + sizeof text;
    *--at = 0;
    do *--at = (char)('0' + number % 10);
    while (number /= 10);
    put(at, quoted);
}

int main(int count, char **words) {
    if (count < 3) {
        fputs("generate ROWS SEED [quoted]\n", stderr);
        return 64;
    }
    uint64_t rows = strtoull(words[1], NULL, 10);
    state = strtoull(words[2], NULL, 10);
    int quoted = count > 3 && strcmp(words[3], "quoted") == 0;
    static const char *areas[] = {"urban", "rural"};
    static const char *operators[] = {"AIS", "True", "dtac", "NT", "Unitel", "LTC", "ETL", "Tplus"};
    static const char *awkward[] = {"AIS, Bangkok", "\"\"True\"\"", "NT\nNorth"};
    static const char *names[] = {"id",    "province", "year",     "quarter", "area",   "age",     "online",
                                  "phone", "minutes",  "download", "upload",  "weight", "operator"};
    for (int i = 0; i < 13; i++) {
        put(names[i], quoted);
        buffer[used++] = i < 12 ? ',' : '\n';
    }
    for (uint64_t row = 0; row < rows; row++) {
        char text[32];
        put_number(row + 1, quoted);
        buffer[used++] = ',';
        uint32_t province = below(95);
        if (province < 77) snprintf(text, sizeof text, "TH-%u", 10 + province);
        else snprintf(text, sizeof text, "LA-%c%c", 'A' + (province - 77) / 5, 'A' + (province - 77) % 5);
        put(text, quoted);
        buffer[used++] = ',';
        put_number(2012 + below(13), quoted);
        buffer[used++] = ',';
        put_number(1 + below(4), quoted);
        buffer[used++] = ',';
        put(areas[below(5) < 3], quoted);
        buffer[used++] = ',';
        put_number(below(100), quoted);
        buffer[used++] = ',';
        put_number(below(2), quoted);
        buffer[used++] = ',';
        put_number(below(2), quoted);
        buffer[used++] = ',';
        put_number(below(1440), quoted);
        buffer[used++] = ',';
        put_number(below(1000000), quoted);
        buffer[used++] = ',';
        put_number(below(100000), quoted);
        buffer[used++] = ',';
        uint32_t weight = 1000 + below(4999000);
        snprintf(text, sizeof text, "%u.%04u", weight / 10000, weight % 10000);
        put(text, quoted);
        buffer[used++] = ',';
        if (quoted && below(100) == 0) put(awkward[below(3)], 1);
        else put(operators[below(8)], quoted);
        buffer[used++] = '\n';
        if (used > sizeof buffer - 4096) {
            if (fwrite(buffer, 1, used, stdout) != used) return 1;
            used = 0;
        }
    }
    if (fwrite(buffer, 1, used, stdout) != used) return 1;
    return fflush(stdout) != 0;
}
