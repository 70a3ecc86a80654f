/* A PKCS#11 module for tests: SoftHSM behind what real tokens have and it lacks. It counts wrong PINs, tells of the
 * last attempt in the token's flags, locks after three, and holds a call of C_GenerateKeyPair for as long as a test
 * wants. Every attempt to log in is a line of the file FOLDER/logins. Built with -DREAL, the path of SoftHSM, and
 * -DFOLDER, the folder of the test. */

#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef unsigned long ulong_t;

/* CK_FUNCTION_LIST of PKCS#11 2.40: a version and 68 functions, of which these are of interest. */
enum { GET_FUNCTION_LIST = 3, GET_TOKEN_INFO = 6, LOGIN = 18, GENERATE_KEY_PAIR = 59, FUNCTIONS = 68 };

struct function_list {
    unsigned char version[2];
    void *functions[FUNCTIONS];
};

/* CK_TOKEN_INFO up to its flags. */
struct token_info {
    unsigned char texts[96];
    ulong_t flags;
};

static const ulong_t OK = 0, GENERAL_ERROR = 0x5, PIN_INCORRECT = 0xA0, PIN_LOCKED = 0xA4;
static const ulong_t COUNT_LOW = 0x10000, FINAL_TRY = 0x20000, LOCKED = 0x40000;
static const int ATTEMPTS = 3;

static struct function_list *real;
static struct function_list guarded;

/* How many wrong PINs there were since the last right one. */
static int wrong_pins(void) {
    char line[32];
    int wrong = 0;
    FILE *logins = fopen(FOLDER "/logins", "r");
    while (logins && fgets(line, sizeof line, logins)) {
        wrong = strncmp(line, "wrong", 5) == 0 ? wrong + 1 : strncmp(line, "right", 5) == 0 ? 0 : wrong;
    }
    if (logins) fclose(logins);
    return wrong;
}

static ulong_t note(const char *outcome, ulong_t value) {
    FILE *logins = fopen(FOLDER "/logins", "a");
    if (!logins) return GENERAL_ERROR;
    fprintf(logins, "%s\n", outcome);
    fclose(logins);
    return value;
}

static ulong_t login(ulong_t session, ulong_t user, unsigned char *pin, ulong_t length) {
    ulong_t (*call)(ulong_t, ulong_t, unsigned char *, ulong_t) = real->functions[LOGIN];
    if (wrong_pins() >= ATTEMPTS) return note("locked", PIN_LOCKED);
    ulong_t value = call(session, user, pin, length);
    return value == OK ? note("right", value) : value == PIN_INCORRECT ? note("wrong", value) : value;
}

static ulong_t get_token_info(ulong_t slot, struct token_info *info) {
    ulong_t (*call)(ulong_t, struct token_info *) = real->functions[GET_TOKEN_INFO];
    ulong_t value = call(slot, info);
    int wrong = wrong_pins();
    info->flags &= ~(COUNT_LOW | FINAL_TRY | LOCKED);
    /* Many tokens tell nothing in their flags: FOLDER/silent makes this one such. */
    if (access(FOLDER "/silent", F_OK) == 0) return value;
    if (wrong > 0) info->flags |= COUNT_LOW;
    if (wrong == ATTEMPTS - 1) info->flags |= FINAL_TRY;
    if (wrong >= ATTEMPTS) info->flags |= LOCKED;
    return value;
}

/* Waits where FOLDER/hold is a pipe, until somebody writes to it. */
static ulong_t generate_key_pair(ulong_t session, void *mechanism, void *public, ulong_t public_count, void *private,
                                 ulong_t private_count, ulong_t *public_key, ulong_t *private_key) {
    ulong_t (*call)(ulong_t, void *, void *, ulong_t, void *, ulong_t, ulong_t *, ulong_t *) =
        real->functions[GENERATE_KEY_PAIR];
    char byte;
    int hold = open(FOLDER "/hold", O_RDONLY);
    if (hold >= 0) {
        if (read(hold, &byte, 1) < 0) return GENERAL_ERROR;
        close(hold);
    }
    return call(session, mechanism, public, public_count, private, private_count, public_key, private_key);
}

ulong_t C_GetFunctionList(struct function_list **list) {
    void *library = dlopen(REAL, RTLD_NOW);
    ulong_t (*call)(struct function_list **) = library ? dlsym(library, "C_GetFunctionList") : NULL;
    if (!call || call(&real) != OK) return GENERAL_ERROR;
    guarded = *real;
    guarded.functions[GET_FUNCTION_LIST] = C_GetFunctionList;
    guarded.functions[LOGIN] = login;
    guarded.functions[GET_TOKEN_INFO] = get_token_info;
    guarded.functions[GENERATE_KEY_PAIR] = generate_key_pair;
    *list = &guarded;
    return OK;
}
