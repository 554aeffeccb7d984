"""A BERT encoder run without padding: the tokens of many texts side by side, in one long row.

Everything but attention works token by token, so it needs no text to be as long as another;
attention is worked out for all texts of one length at once, which then need no mask. The weights
are laid out once in the order the processor multiplies fastest. Only for what it knows for sure:
BERT with mean pooling and unit length, tried against the library's own result before use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, groupby
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

AGREES_FROM = {torch.float32: 0.99999, torch.bfloat16: 0.999}
"""Cosine to the library's own fp32 vectors from which the fast path is believed."""
TRIED_ON = (
    "No.",
    "We meet every Thursday, and nobody is allowed to book over it.",
    "The grant ends in March, and by Christmas people will be looking for other work. " * 4,
)
Linear = Callable[[Tensor], Tensor]
Part = Any
"""A module of a library, which says little of its types."""


def packed(pipeline: Part, dtype: torch.dtype) -> PackedEncoder | None:
    """The encoder of a sentence-transformers pipeline, or None where it can't be run this way.

    Weights laid out by oneDNN come first, then plain ones; `pipeline` must still be fp32.
    """
    if not _is_known(pipeline):
        return None
    wanted = pipeline.encode(list(TRIED_ON), convert_to_tensor=True, show_progress_bar=False)
    longest = int(pipeline.max_seq_length or 512)
    cut = pipeline.tokenizer(list(TRIED_ON), truncation=True, max_length=longest)
    for laid_out in (_prepacked, _plain):
        try:
            made = PackedEncoder(pipeline[0].model, dtype, laid_out, unit=len(pipeline) == 3)
            likeness = functional.cosine_similarity(made(cut["input_ids"]), wanted.float())
        except (RuntimeError, NotImplementedError, AttributeError):
            continue
        if likeness.min() >= AGREES_FROM[dtype]:
            return made
    return None


class PackedEncoder:
    """Windows of token ids to the mean of their tokens, shape (windows, hidden), fp32."""

    def __init__(
        self, bert: Part, dtype: torch.dtype, linear: Callable[..., Linear], *, unit: bool
    ) -> None:
        embeddings = bert.embeddings
        self._dtype, self._unit = dtype, unit
        self._heads = int(bert.config.num_attention_heads)
        self._words = embeddings.word_embeddings.weight.detach()
        kind = embeddings.token_type_embeddings.weight[0]
        self._places = (embeddings.position_embeddings.weight + kind).detach()
        self._first = _Norm(embeddings.LayerNorm, dtype)
        self._layers = [_Layer(layer, dtype, linear) for layer in bert.encoder.layer]

    @torch.inference_mode()
    def __call__(self, windows: Sequence[Sequence[int]]) -> Tensor:
        """Windows are quickest longest first, or in any order in which equal lengths meet."""
        lengths = [len(window) for window in windows]
        ids = torch.tensor(list(chain.from_iterable(windows)))
        places = torch.tensor(list(chain.from_iterable(map(range, lengths))))
        tokens = self._first((self._words[ids] + self._places[places]).to(self._dtype))
        groups = list(_equals(lengths))
        for layer in self._layers:
            tokens = layer(tokens, groups, self._heads)
        # Averaging a hundred tokens in bf16 would cost what the layers saved.
        means = [
            tokens[start : start + count * length].view(count, length, -1).float().mean(dim=1)
            for start, count, length in groups
        ]
        together = torch.cat(means)
        return functional.normalize(together, dim=1) if self._unit else together


class _Layer:
    """One layer of BERT over tokens in a row, (n, hidden); groups are (start, texts, length)."""

    def __init__(self, layer: Part, dtype: torch.dtype, linear: Callable[..., Linear]) -> None:
        attention, joined = layer.attention.self, layer.attention.output
        # The scale of attention is multiplied in here, once, instead of at every text.
        scale = float(attention.attention_head_size) ** -0.5
        three = ((attention.query, scale), (attention.key, 1.0), (attention.value, 1.0))
        weight = torch.cat([one.weight * by for one, by in three]).detach().to(dtype)
        bias = torch.cat([one.bias * by for one, by in three]).detach().to(dtype)
        self._ask = linear(weight, bias)
        self._join = linear(*_weights(joined.dense, dtype))
        self._widen = linear(*_weights(layer.intermediate.dense, dtype), gelu=True)
        self._narrow = linear(*_weights(layer.output.dense, dtype))
        self._middle = _Norm(joined.LayerNorm, dtype)
        self._last = _Norm(layer.output.LayerNorm, dtype)

    def __call__(self, tokens: Tensor, groups: list[tuple[int, int, int]], heads: int) -> Tensor:
        asked, heard = self._ask(tokens), torch.empty_like(tokens)
        for start, count, length in groups:
            here = slice(start, start + count * length)
            three = asked[here].view(count, length, 3, heads, -1).permute(2, 0, 3, 1, 4)
            ask, key, value = three.contiguous().view(3, count * heads, length, -1)
            answer = torch.bmm(torch.bmm(ask, key.transpose(1, 2)).softmax(dim=2), value)
            apart = answer.view(count, heads, length, -1).transpose(1, 2)
            heard[here].view(count, length, heads, -1).copy_(apart)
        tokens = self._middle(self._join(heard).add_(tokens))
        return self._last(self._narrow(self._widen(tokens)).add_(tokens))


class _Norm:
    def __init__(self, norm: Part, dtype: torch.dtype) -> None:
        self._weight, self._bias = _weights(norm, dtype)
        self._least = float(norm.eps)

    def __call__(self, tokens: Tensor) -> Tensor:
        shape = tuple(self._weight.shape)
        return functional.layer_norm(tokens, shape, self._weight, self._bias, self._least)


def _prepacked(weight: Tensor, bias: Tensor, *, gelu: bool = False) -> Linear:
    """A linear layer whose weights oneDNN lays out once; raises where the processor can't.

    These two operators are those that torch's own compiler writes into its programs.
    """
    ops = torch.ops.mkldnn
    laid_out = ops._reorder_linear_weight(weight, None)
    after, how = ("gelu", "none") if gelu else ("none", "")

    def apply(tokens: Tensor) -> Tensor:
        done: Tensor = ops._linear_pointwise(tokens, laid_out, bias, after, [], how)
        return done

    return apply


def _plain(weight: Tensor, bias: Tensor, *, gelu: bool = False) -> Linear:
    def apply(tokens: Tensor) -> Tensor:
        done = functional.linear(tokens, weight, bias)
        return functional.gelu(done) if gelu else done

    return apply


def _weights(module: Part, dtype: torch.dtype) -> tuple[Tensor, Tensor]:
    return module.weight.detach().to(dtype).contiguous(), module.bias.detach().to(dtype)


def _equals(lengths: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Runs of equal lengths: where their tokens start, how many texts, how long each is."""
    start = 0
    for length, run in groupby(lengths):
        count = sum(1 for _ in run)
        yield start, count, length
        start += count * length


def _is_known(pipeline: Part) -> bool:
    """Whether the pipeline is a plain BERT, the mean of its tokens, and unit length."""
    names = [type(module).__name__ for module in pipeline]
    if names not in (["Transformer", "Pooling", "Normalize"], ["Transformer", "Pooling"]):
        return False
    model = getattr(pipeline[0], "model", None)
    config = getattr(model, "config", None)
    return (
        type(model).__name__ == "BertModel"
        and getattr(config, "hidden_act", "") == "gelu"
        and getattr(config, "position_embedding_type", "absolute") == "absolute"
        and not getattr(config, "is_decoder", False)
        and getattr(pipeline[1], "pooling_mode", "") == "mean"
    )
