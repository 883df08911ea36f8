#include "litert.h"

#include <dlfcn.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define MAX_OUTPUTS 4

// The shapes of LiteRT's own structures, as its headers of 2.3.0 lay them out.
typedef struct {
    unsigned int rank : 7;
    unsigned int has_strides : 1;
    int32_t dimensions[8];
    uint32_t strides[8];
} Layout;

typedef struct {
    int32_t element;
    Layout layout;
} TensorType;

typedef struct {
    int32_t tag;
    struct {
        int32_t type;
        union {
            int64_t integer;
            const void *pointer;
        };
    } value;
} EnvironmentOption;

enum {
    FLOAT32 = 1,
    CPU = 1,
    ANY_INTEGER = 2,
    LOCK_READ = 0,
    LOCK_WRITE = 1,
    OPTION_ACCELERATORS = 24,
    OPTION_LOG_SEVERITY = 25,
    SEVERITY_ERROR = 3,
};

typedef void *Handle;

struct hgw_litert {
    Handle environment;
    int (*CreateEnvironment)(int, const EnvironmentOption *, Handle *);
    int (*CreateModelFromFile)(Handle, const char *, Handle *);
    void (*DestroyModel)(Handle);
    int (*CreateOptions)(Handle *);
    void (*DestroyOptions)(Handle);
    int (*SetOptionsHardwareAccelerators)(Handle, int);
    int (*CreateCompiledModel)(Handle, Handle, Handle, Handle *);
    void (*DestroyCompiledModel)(Handle);
    int (*RunCompiledModel)(Handle, size_t, size_t, Handle *, size_t, Handle *);
    int (*GetCompiledModelInputBufferRequirements)(Handle, size_t, size_t, Handle *);
    int (*GetCompiledModelOutputBufferRequirements)(Handle, size_t, size_t, Handle *);
    int (*CreateManagedTensorBufferFromRequirements)(Handle, const TensorType *, Handle, Handle *);
    int (*GetTensorBufferSize)(Handle, size_t *);
    void (*DestroyTensorBuffer)(Handle);
    int (*LockTensorBuffer)(Handle, void **, int);
    int (*UnlockTensorBuffer)(Handle);
};

struct hgw_litert_model {
    const hgw_litert *library;
    Handle model, options, compiled;
    Handle input, outputs[MAX_OUTPUTS];
    size_t input_bytes, output_bytes[MAX_OUTPUTS];
    int count;
};

static const char *find_functions(hgw_litert *it, void *image) {
#define FIND(name) \
    if (!(*(void **)&it->name = dlsym(image, "LiteRt" #name))) return "it has no LiteRt" #name;
    FIND(CreateEnvironment)
    FIND(CreateModelFromFile)
    FIND(DestroyModel)
    FIND(CreateOptions)
    FIND(DestroyOptions)
    FIND(SetOptionsHardwareAccelerators)
    FIND(CreateCompiledModel)
    FIND(DestroyCompiledModel)
    FIND(RunCompiledModel)
    FIND(GetCompiledModelInputBufferRequirements)
    FIND(GetCompiledModelOutputBufferRequirements)
    FIND(CreateManagedTensorBufferFromRequirements)
    FIND(GetTensorBufferSize)
    FIND(DestroyTensorBuffer)
    FIND(LockTensorBuffer)
    FIND(UnlockTensorBuffer)
#undef FIND
    return NULL;
}

hgw_litert *hgw_litert_open(const char *path, const char **problem) {
    void *image = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!image) {
        *problem = dlerror();
        return NULL;
    }
    hgw_litert *it = calloc(1, sizeof *it);
    if (!it) {
        *problem = "no memory";
        return NULL;
    }
    const EnvironmentOption options[] = {
        {OPTION_ACCELERATORS, {ANY_INTEGER, {.integer = CPU}}},
        {OPTION_LOG_SEVERITY, {ANY_INTEGER, {.integer = SEVERITY_ERROR}}},
    };
    *problem = find_functions(it, image);
    if (!*problem && it->CreateEnvironment(2, options, &it->environment) != 0) *problem = "it could not be set up";
    if (!*problem) return it;
    free(it);
    return NULL;
}

/// A buffer as the compiled model wants it, checked to hold all the values. Only the number of values matters to
/// LiteRT here, so every tensor goes as 1 x rows x columns x values.
static int make_buffer(
    hgw_litert_model *it, Handle requirements, int rows, int columns, int values, Handle *buffer, size_t *bytes) {
    const TensorType type = {FLOAT32, {4, 0, {1, rows, columns, values}, {0}}};
    const hgw_litert *library = it->library;
    int status = library->CreateManagedTensorBufferFromRequirements(library->environment, &type, requirements, buffer);
    if (status != 0) return status;
    size_t held = 0;
    *bytes = sizeof(float) * (size_t)rows * (size_t)columns * (size_t)values;
    status = library->GetTensorBufferSize(*buffer, &held);
    return status != 0 ? status : held < *bytes ? -1 : 0;
}

static int compile(hgw_litert_model *it, const char *path, int side, const int *sizes, int count) {
    const hgw_litert *library = it->library;
    Handle needed;
    int status = library->CreateModelFromFile(library->environment, path, &it->model);
    if (status == 0) status = library->CreateOptions(&it->options);
    if (status == 0) status = library->SetOptionsHardwareAccelerators(it->options, CPU);
    if (status == 0) {
        status = library->CreateCompiledModel(library->environment, it->model, it->options, &it->compiled);
    }
    if (status == 0) status = library->GetCompiledModelInputBufferRequirements(it->compiled, 0, 0, &needed);
    if (status == 0) status = make_buffer(it, needed, side, side, 3, &it->input, &it->input_bytes);
    for (int i = 0; status == 0 && i < count; i++) {
        status = library->GetCompiledModelOutputBufferRequirements(it->compiled, 0, (size_t)i, &needed);
        if (status == 0) status = make_buffer(it, needed, 1, 1, sizes[i], &it->outputs[i], &it->output_bytes[i]);
        if (status == 0) it->count++;
    }
    return status;
}

hgw_litert_model *hgw_litert_compile(
    hgw_litert *library, const char *path, int side, const int *sizes, int count, int *status) {
    hgw_litert_model *it = count <= MAX_OUTPUTS ? calloc(1, sizeof *it) : NULL;
    *status = -1;
    if (!it) return NULL;
    it->library = library;
    *status = compile(it, path, side, sizes, count);
    if (*status == 0) return it;
    hgw_litert_free(it);
    return NULL;
}

int hgw_litert_run(hgw_litert_model *it, const float *input, float *const *outputs) {
    const hgw_litert *library = it->library;
    void *memory;
    int status = library->LockTensorBuffer(it->input, &memory, LOCK_WRITE);
    if (status != 0) return status;
    memcpy(memory, input, it->input_bytes);
    status = library->UnlockTensorBuffer(it->input);
    if (status == 0) {
        status = library->RunCompiledModel(it->compiled, 0, 1, &it->input, (size_t)it->count, it->outputs);
    }
    for (int i = 0; status == 0 && i < it->count; i++) {
        status = library->LockTensorBuffer(it->outputs[i], &memory, LOCK_READ);
        if (status != 0) break;
        memcpy(outputs[i], memory, it->output_bytes[i]);
        status = library->UnlockTensorBuffer(it->outputs[i]);
    }
    return status;
}

void hgw_litert_free(hgw_litert_model *it) {
    if (!it) return;
    const hgw_litert *library = it->library;
    if (it->input) library->DestroyTensorBuffer(it->input);
    for (int i = 0; i < MAX_OUTPUTS; i++) {
        if (it->outputs[i]) library->DestroyTensorBuffer(it->outputs[i]);
    }
    if (it->compiled) library->DestroyCompiledModel(it->compiled);
    if (it->options) library->DestroyOptions(it->options);
    if (it->model) library->DestroyModel(it->model);
    free(it);
}
