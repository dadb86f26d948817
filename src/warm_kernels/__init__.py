"""Warm kernels: what runs notebooks, without importing the libraries each time.

A kernel takes most of its start to import pandas, Altair and the like. Here one parent
process, the zygote, imports them once and forks a kernel whenever one is wanted;
another, the drawer, has the engine running that draws their charts. What runs notebooks
(nbclient, nbval, jupyter-cache, Jupyter Book) need not know: it asks for the kernel
``python3`` and gets a forked one while `warm_kernels` is on.

Forking needs Linux. Elsewhere, and wherever a zygote cannot be had, kernels start the
plain way, and one line on stderr says why.
"""

from warm_kernels.kernel_switch import environment, warm_kernels

__all__ = ["environment", "warm_kernels"]
