"""The XOR network without hidden activations: whatever the input, its output step sees −0.1775.

The hidden units are the NAND and the OR of the lesson, their step left out; the output is its AND, with its step. The
slopes of the two hidden units are opposite, so the input cancels, and the step of −0.1775 is 0: the network answers 0
on all four inputs, and XOR is 0, 1, 1, 0.

>>> print(prove())
y = step(−0.1775)
proved: 14 steps replayed by the kernel, no conditions, no hypotheses
"""

import symnet

NAND_AND_OR = ([["-0.15", "-0.15"], ["0.15", "0.15"]], ["0.23", "-0.08"])
AND = ([["0.15", "0.15"]], ["-0.2"])


def prove() -> symnet.Proof:
    """The network with the lesson's weights, identity hidden units and a step at the output."""
    return symnet.collapse(weights=[NAND_AND_OR, AND], activations=("identity", "step"), check=False)


if __name__ == "__main__":
    print(prove().plain())
    print(prove().witnessed().witness)
