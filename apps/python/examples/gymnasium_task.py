"""A task of Gymnasium: balance a pole on a cart."""

import clade

task = clade.gym_task("CartPole-v1", episodes=3)
config = {"evolution": {"population_size": 50}, "stop": {"generations": 30}}
run = clade.run(config, task, seed=1)
print(run)
for seed in range(5):
    episode_return, steps, truncated = task.play(run.champion, seed)
    print(f"episode {seed}: return {episode_return}, {'to the limit' if truncated else f'fell after {steps} steps'}")
