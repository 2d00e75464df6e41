class Fixed:
    """A benefit that is one amount."""

    def __init__(self, amount: int, article: str, rule: str = "amount") -> None:
        self.amount = amount
        self.step = Step(rule, amount, article)

    def __call__(self, claim: Claim, inputs: Inputs, steps: Optional[list[Step]]) -> int:
        if steps is not None:
            steps.append(self.step)
        return self.amount
