// A worker that is a world, in lines of JSON: a walk along a corridor to its middle. task: {command: [node, corridor_worker.js]}
"use strict";

const hello = {
    protocol: 1,
    style: "world",
    name: "corridor in JavaScript",
    inputs: ["position", "speed"],
    choices: ["left", "stay", "right"],
    step_limit: 50,
    solved: -12,
    deterministic: false,
    batch: 8,
};
let worlds = [];

// Seeds are below 2^53, so a number holds them exactly.
function corridor(seed) {
    let state = seed % 2147483647 || 1;
    for (let i = 0; i < 4; ++i) state = (state * 48271) % 2147483647;
    return { position: (4 * state) / 2147483647 - 2, speed: 0 };
}

function step(world, choice) {
    world.speed = 0.8 * world.speed + 0.2 * (choice - 1);
    world.position += world.speed;
}

function answer(message) {
    if (message.reset) {
        worlds = message.reset.map(corridor);
        return { observations: worlds.map((world) => [world.position, world.speed]) };
    }
    const stepped = message.step.map((number) => worlds[number]);
    stepped.forEach((world, i) => step(world, message.actions[i][0]));
    return {
        observations: stepped.map((world) => [world.position, world.speed]),
        rewards: stepped.map((world) => -Math.abs(world.position)),
        terminated: stepped.map((world) => Math.abs(world.position) > 3),
        truncated: stepped.map(() => false),
    };
}

console.log(JSON.stringify(hello));
require("readline")
    .createInterface({ input: process.stdin })
    .on("line", (line) => {
        const request = JSON.parse(line);
        console.log(JSON.stringify({ id: request.id, ...answer(request) }));
    });
