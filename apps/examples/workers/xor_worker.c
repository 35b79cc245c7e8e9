/* A worker that scores networks on XOR, in binary messages: cc -O2 xor_worker.c -o xor_worker -lm */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct { uint64_t seed; uint32_t steps, first_node, nodes, connections; } Head;

/* The output of a feed-forward network. `g` are its numbers: bias, response, activation, aggregation, connections of each
   node; source and weight of each connection; slots of the outputs. Both known functions are the first of their lists. */
static double run(const Head* head, const uint32_t* g, double a, double b, double* slots) {
    const uint32_t n = head->nodes, *count = g + 4 * n, *source = g + 5 * n;
    const float *bias = (const float*)g, *response = bias + n, *weight = (const float*)(source + head->connections);
    const double inputs[3] = {a, b, 1.0};
    memcpy(slots, inputs, head->first_node * sizeof *slots);
    for (uint32_t node = 0, c = 0; node < n; ++node) {
        double sum = 0.0;
        for (uint32_t end = c + count[node]; c < end; ++c) sum += weight[c] * slots[source[c]];
        const double x = fmax(-60.0, fmin(60.0, 4.9 * (bias[node] + response[node] * sum)));
        slots[head->first_node + node] = 1.0 / (1.0 + exp(-x));
    }
    return slots[source[2 * head->connections]];
}

int main(void) {
    puts("{\"protocol\": 1, \"style\": \"networks\", \"framing\": \"binary\", \"name\": \"xor in C\", \"inputs\": 2, "
         "\"outputs\": 1, \"solved\": 3.9, \"batch\": 32, \"activations\": [\"steepened_sigmoid\"], "
         "\"aggregations\": [\"sum\"]}");
    fflush(stdout);
    uint32_t length;
    while (fread(&length, 4, 1, stdin) == 1) {
        char* message = malloc(length);
        if (message == NULL || fread(message, 1, length, stdin) != length) return 1;
        uint32_t begin[3]; /* kind, id, count */
        memcpy(begin, message, sizeof begin);
        const uint32_t count = begin[2], begin_of_reply[4] = {12 + 16 * count, 2, begin[1], count};
        fwrite(begin_of_reply, 4, 4, stdout);
        const char* at = message + sizeof begin;
        for (uint32_t index = 0; index < count; ++index) {
            Head head;
            memcpy(&head, at, sizeof head);
            const uint32_t* genome = (const uint32_t*)(at + sizeof head);
            double* slots = malloc((head.first_node + head.nodes) * sizeof *slots), fitness = 4.0;
            for (int row = 0; row < 4; ++row) {
                const double error = run(&head, genome, row & 1, row >> 1, slots) - (row == 1 || row == 2);
                fitness -= error * error;
            }
            free(slots);
            at += sizeof head + 4 * (5 * (size_t)head.nodes + 2 * (size_t)head.connections + 1);
            const uint32_t result[2] = {index, 0};
            fwrite(result, 4, 2, stdout);
            fwrite(&fitness, 8, 1, stdout);
        }
        fflush(stdout);
        free(message);
    }
    return 0;
}
