"""From groups of segments to themes a person can judge: label, evidence, warrant."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from capture.theming.bonds import Bound
from capture.theming.consensus import Labels, Rerun
from capture.theming.exemplars import FEWEST, centrality, edge, exemplars
from capture.theming.features import Floats
from capture.theming.found import BETWEEN, FINE_FIRST, FoundTheme, Granularity, Member
from capture.theming.heard import Heard
from capture.theming.labels import IN_LABEL, Labeller
from capture.theming.strengths import memberships, shares, summed
from capture.theming.warrant import found_at_all_levels, parents_of


def described(
    heard: Heard,
    rows: Floats,
    weights: Floats,
    levels: Sequence[Labels],
    runs: Sequence[Rerun],
    unthemed: NDArray[np.bool_],
    bound: Bound,
) -> tuple[Granularity, ...]:
    """Give the granularities, coarse first; levels (fine first) hold every segment's theme."""
    labeller = Labeller(heard.texts, heard.vectors, heard.transcripts, heard.usable)
    again_at = found_at_all_levels(levels, runs, ~unthemed)
    finest = shares(levels[0], runs, weights)
    found = []
    for level, labels in enumerate(levels):
        parents = parents_of(levels[0], labels)
        belong = memberships(summed(finest, parents, int(labels.max()) + 1), labels, unthemed)
        belong = bound.softened(belong, labels, level)
        again = again_at[level]
        phrases = labeller.keyphrases(belong)
        themes = [
            _theme(heard, rows, belong[:, t], labels == t, phrases[t], (again[t], len(runs)))
            for t in range(belong.shape[1])
            if (belong[:, t] > 0).any()
        ]
        themes.sort(key=lambda theme: -len(theme.members))
        found.append(Granularity(FINE_FIRST[level], tuple(_distinct(themes))))
    return tuple(reversed(found))


def _theme(
    heard: Heard,
    rows: Floats,
    strengths: Floats,
    own: NDArray[np.bool_],
    phrases: tuple[str, ...],
    again: tuple[int, int],
) -> FoundTheme:
    inside = np.flatnonzero(strengths > 0)
    # Passages that belong here before anywhere else, and say enough, stand for the theme.
    speaking = np.flatnonzero((strengths > 0) & own & heard.usable)
    if len(np.unique(heard.participants[speaking])) < FEWEST:
        speaking = inside
    scores = centrality(rows[speaking], strengths[speaking], heard.words[speaking])
    best = exemplars(scores, heard.participants[speaking])
    last = edge(scores, best)
    transcripts = len(np.unique(heard.transcripts[inside]))
    participants = len(np.unique(heard.participants[inside]))
    return FoundTheme(
        label=_label(phrases, heard.texts[speaking[best[0]]]),
        keyphrases=phrases,
        members=tuple(
            Member(index, float(round(strengths[i], 4)))
            for i in inside
            for index in heard.positions[i]
        ),
        exemplars=tuple(heard.positions[speaking[i]][0] for i in best),
        edge=None if last is None else heard.positions[speaking[last]][0],
        found_in=int(again[0]),
        reruns=again[1],
        transcripts=transcripts,
        participants=participants,
        single_source=transcripts == 1 or participants == 1,
    )


def _label(phrases: Sequence[str], text: str) -> str:
    """Its best phrases; one word says too little, the passage that stands for it says more."""
    if len(phrases) > 1 or any(" " in phrase for phrase in phrases):
        return BETWEEN.join(phrases[:IN_LABEL])
    return _opening(text)


def _opening(text: str) -> str:
    """Its first words, for a theme in which hardly a phrase comes back."""
    words = text.split()
    return f"“{' '.join(words[:7])}{' …' if len(words) > 7 else ''}”"


def _distinct(themes: Sequence[FoundTheme]) -> list[FoundTheme]:
    """Tell themes of one label apart by the next of their phrases, or by a number."""
    taken: set[str] = set()
    told: list[FoundTheme] = []
    for theme in themes:
        longer = (BETWEEN.join(theme.keyphrases[:n]) for n in range(IN_LABEL + 1, 20))
        numbered = (f"{theme.label} ({n})" for n in range(2, len(themes) + 2))
        choices = (theme.label, *dict.fromkeys(longer), *numbered)
        label = next(choice for choice in choices if choice and choice not in taken)
        taken.add(label)
        told.append(replace(theme, label=label))
    return told
